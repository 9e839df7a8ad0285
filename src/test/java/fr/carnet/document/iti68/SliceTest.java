package fr.carnet.document.iti68;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

    private static final Instant MODIFIED = Instant.parse("2026-11-22T07:14:21Z");

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=0-100, 0, 100",
        "bytes=99-, 99, 1",
        "bytes=-1, 99, 1",
        "bytes=-500, 0, 100",
        "bytes=10-19, 10, 10",
    })
    void oneRangeIsThatPart(String range, long first, long length) {
        assertThat(Slice.of(range, null, 100, "\"x\"", MODIFIED)).isEqualTo(new Slice(first, length, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"bytes=0-1,5-6", "bytes=5-1", "bytes=", "bytes=a-b", "lines=0-1", "0-1", "bytes=-", "''"})
    void whatIsNoSingleRangeIsTheWhole(String range) {
        assertThat(Slice.of(range, null, 100, "\"x\"", MODIFIED)).isEqualTo(new Slice(0, 100, true));
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-, 100", "bytes=100-200, 100", "bytes=0-, 0"})
    void beyondTheEndThereIsNothing(String range, long size) {
        Slice slice = Slice.of(range, null, size, "\"x\"", MODIFIED);

        assertThat(slice.isEmpty()).isTrue();
        assertThat(slice.contentRange(size)).isEqualTo("bytes */" + size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"x\"; false",
                "\"y\"; true",
                "W/\"x\"; true",
                "Sun, 22 Nov 2026 07:14:21 GMT; false",
                "Sun, 22 Nov 2026 07:14:22 GMT; true",
                "Sun, 22 Nov 2026 07:14:20 GMT; true",
                "yesterday; true"
            })
    void aPartIsSentOnlyOfWhatTheClientHas(String ifRange, boolean whole) {
        assertThat(Slice.of("bytes=0-0", ifRange, 100, "\"x\"", MODIFIED).whole())
                .isEqualTo(whole);
    }
}

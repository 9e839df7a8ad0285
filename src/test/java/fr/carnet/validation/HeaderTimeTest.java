package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T10:15:00+01:00, 2026-03-10T10:15:00+01:00, true",
        "2026-03-10T09:15:00Z, 2026-03-10T10:15:00+01:00, true",
        "2026-03-10T10:15:42+01:00, 2026-03-10T10:15:00+01:00, true",
        "2026-03-10T10:16:00+01:00, 2026-03-10T10:15:00+01:00, false",
        "2026-03-10, 2026-03-10T10:15:00+01:00, true",
        "2026-03-11, 2026-03-10T10:15:00+01:00, false",
        "2026-03, 2026-03-10T10:15:00+01:00, true",
        "2025, 2026-03-10T10:15:00+01:00, false",
        "2026-03-10T23:30:00+01:00, 2026-03-10T00:00:00+01:00, true",
        "2026-03-10T23:30:00Z, 2026-03-10T00:00:00+01:00, false"
    })
    void timesAreComparedAsFarAsBothTell(String stated, String header, boolean agrees) {
        assertThat(HeaderTime.agrees(new DateTimeType(stated), OffsetDateTime.parse(header)))
                .isEqualTo(agrees);
    }
}

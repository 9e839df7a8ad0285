package fr.carnet.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaKindTest {

    @ParameterizedTest
    @CsvSource({
        "application/pdf, %PDF-1.7, true",
        "APPLICATION/PDF; version=1.7, junk %PDF-1.7, true",
        "application/pdf, <html>, false",
        "text/rtf, {\\rtf1, true",
        "application/rtf, rtf, false",
        "image/gif, GIF89a…, true",
        "image/gif, GIF90, false",
        "image/jpeg, JPEG, false",
        "image/tiff, II, false",
        "image/png, PNG, false",
        "text/plain, un texte, true",
        "application/dicom, anything, true"
    })
    void contentIsToldByItsFirstBytes(String mediaType, String content, boolean fits) {
        assertThat(MediaKind.fits(mediaType, content.getBytes(UTF_8))).isEqualTo(fits);
    }

    @Test
    void imagesAreKnownByTheirBytes() {
        assertThat(MediaKind.fits("image/jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}))
                .isTrue();
        assertThat(MediaKind.fits("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}))
                .isTrue();
        assertThat(MediaKind.fits("image/tiff", new byte[] {'M', 'M', 0, 42, 0}))
                .isTrue();
        assertThat(MediaKind.fits("image/tiff", new byte[0])).isFalse();
    }

    @Test
    void textIsUnicodeUnlessItSaysOtherwise() {
        byte[] latin = "été".getBytes(ISO_8859_1);
        assertThat(MediaKind.fits("text/plain", latin)).isFalse();
        assertThat(MediaKind.fits("text/plain; charset=\"iso-8859-1\"", latin)).isTrue();
        assertThat(MediaKind.fits("text/plain; charset=nowhere", latin)).isFalse();
        assertThat(MediaKind.fits("text/plain", new byte[] {'a', 0, 'b'})).isFalse();
    }

    @Test
    void pdfWithoutItsEndIsCut() {
        assertThat(MediaKind.isCut("application/pdf", "%PDF-1.4\n…".getBytes(UTF_8)))
                .isTrue();
        assertThat(MediaKind.isCut("application/pdf", "%PDF-1.4\n%%EOF\n".getBytes(UTF_8)))
                .isFalse();
        assertThat(MediaKind.isCut("application/pdf", ("%PDF-1.4\n%%EOF" + " ".repeat(2000)).getBytes(UTF_8)))
                .isTrue();
        assertThat(MediaKind.isCut("text/plain", "…".getBytes(UTF_8))).isFalse();
    }
}

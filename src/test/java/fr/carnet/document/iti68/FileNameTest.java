package fr.carnet.document.iti68;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;

class FileNameTest {

    private static String name(String title, String type) {
        String header = FileName.disposition(Optional.ofNullable(title), MediaType.valueOf(type));
        assertThat(header).startsWith("attachment;").matches("[\\x20-\\x7e]+");
        return ContentDisposition.parse(header).getFilename();
    }

    @ParameterizedTest
    @CsvSource({
        "Compte rendu, application/pdf, Compte rendu.pdf",
        "Synthèse, text/xml, Synthèse.xml",
        "Synthèse, text/xml;charset=UTF-8, Synthèse.xml",
        "Cœur, text/html, Cœur.html",
        "../../etc/passwd, text/plain, etc passwd.txt",
        "C:\\x\\y, image/jpeg, C x y.jpg",
        "x.exe, application/x-unknown, x exe.bin",
        "'a\"; filename=\"b', image/png, a filename b.png",
    })
    void titleNamesTheFile(String title, String type, String expected) {
        assertThat(name(title, type)).isEqualTo(expected);
    }

    @Test
    void controlAndDirectionCharactersAreLeftOut() {
        assertThat(name("a\r\nSet-Cookie: b\u202Efdp.exe\u0000", "application/pdf"))
                .isEqualTo("a Set Cookie b fdp exe.pdf");
    }

    @Test
    void aDocumentWithoutUsableTitleHasAName() {
        assertThat(name(null, "application/pdf")).isEqualTo("document.pdf");
        assertThat(name("///", "application/pdf")).isEqualTo("document.pdf");
    }

    @Test
    void aLongTitleIsCutBetweenCharacters() {
        assertThat(name("𝒳".repeat(200), "application/pdf")).isEqualTo("𝒳".repeat(80) + ".pdf");
    }
}

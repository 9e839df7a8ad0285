package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.validation.Finding.Severity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FindingTextsTest {

    private static final Finding SIZE =
            new Finding(Severity.ERROR, "Bundle", "XDSNonIdenticalSize", "size-differs", List.of("24", "23"));

    @Test
    void sentencesAreFrenchUnlessEnglishIsAsked() {
        assertThat(FindingTexts.sentence(SIZE, Locale.FRENCH))
                .isEqualTo("Taille annoncée 24 octets, taille réelle 23.");
        assertThat(FindingTexts.sentence(SIZE, Locale.GERMAN)).startsWith("Taille");
        assertThat(FindingTexts.sentence(SIZE, Locale.UK)).isEqualTo("Stated size 24 bytes, real size 23.");
    }

    @Test
    void bothLanguagesHaveTheSameSentences() throws IOException {
        Properties french = load("validation");
        assertThat(french).isNotEmpty();
        assertThat(load("validation_en").keySet()).isEqualTo(french.keySet());
    }

    @Test
    void sentencesSurviveTheirOwnPunctuation() throws IOException {
        for (String key : load("validation").stringPropertyNames()) {
            for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
                Finding finding = new Finding(Severity.ERROR, "Bundle", "R1", key, List.of("a", "b", "c"));
                assertThat(FindingTexts.sentence(finding, locale)).doesNotContain("{", "}", "'");
            }
        }
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                FindingTextsTest.class.getResourceAsStream("/messages/" + name + ".properties"),
                StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}

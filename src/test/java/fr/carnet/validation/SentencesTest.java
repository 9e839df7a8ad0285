package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Texts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void sentencesAreFrenchUnlessEnglishIsAsked() {
        assertThat(Texts.of(null).say("size-differs", "24", "23"))
                .isEqualTo("Taille annoncée 24 octets, taille réelle 23.");
        assertThat(Texts.of("en-GB").say("size-differs", "24", "23")).isEqualTo("Stated size 24 bytes, real size 23.");
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
            for (String language : List.of("fr", "en")) {
                assertThat(Texts.of(language).say(key, "a", "b", "c")).doesNotContain("{", "}", "'");
            }
        }
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                SentencesTest.class.getResourceAsStream("/messages/" + name + ".properties"), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }
}

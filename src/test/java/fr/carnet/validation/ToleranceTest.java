package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ToleranceTest {

    private static final Finding NO_LANGUAGE = new Finding(
            Finding.Severity.ERROR,
            "Bundle.entry[1].resource.content[0].attachment.language",
            "pdsm-comprehensive-document-reference",
            "element-missing",
            List.of("language"));

    @Test
    void aNamedToleranceTurnsTheErrorIntoAWarningUnderItsName() {
        Finding tolerated = NO_LANGUAGE.at(Level.LENIENT);
        assertThat(tolerated.isError()).isFalse();
        assertThat(tolerated.rule()).isEqualTo("tolerance-language-missing");
        assertThat(tolerated.messageKey()).isEqualTo("element-missing");
    }

    @Test
    void strictMeansAsWritten() {
        assertThat(NO_LANGUAGE.at(Level.STRICT)).isEqualTo(NO_LANGUAGE);
    }

    @Test
    void whatIsNotOnTheListStaysAnError() {
        Finding hash = new Finding(
                Finding.Severity.ERROR,
                "Bundle.entry[1].resource.content[0].attachment.hash",
                "XDSNonIdenticalHash",
                "hash-differs",
                List.of());
        Finding otherElement = new Finding(
                Finding.Severity.ERROR,
                "Bundle.entry[1].resource.masterIdentifier",
                "mhd",
                "element-missing",
                List.of("masterIdentifier"));
        assertThat(hash.at(Level.LENIENT)).isEqualTo(hash);
        assertThat(otherElement.at(Level.LENIENT)).isEqualTo(otherElement);
    }

    @Test
    void everyToleranceIsOfASentenceThatExists() {
        assertThat(Tolerance.all()).isNotEmpty().allSatisfy(tolerance -> assertThat(Texts.knows(tolerance.message()))
                .isTrue());
    }

    @Test
    void everyToleranceIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs", "validation.md"));
        assertThat(Tolerance.all().stream().map(Tolerance::name).collect(Collectors.toSet()))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}

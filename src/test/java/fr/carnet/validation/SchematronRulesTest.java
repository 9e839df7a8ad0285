package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.edited;
import static fr.carnet.validation.Fixtures.submission;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.Texts;
import fr.carnet.validation.Finding.Severity;
import fr.carnet.validation.schematron.Schematrons;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

class SchematronRulesTest {

    private static final SchematronRules RULES =
            SchematronRules.of(Schematrons.load(Path.of("src", "test", "resources", "schematrons")));
    private static final String DATA = "Bundle.entry[2].resource.data";

    private static SubmittedDocument document(byte[] content) {
        Bundle bundle = submission("vsm");
        return new SubmittedDocument(
                1,
                2,
                bundle.getEntry().get(1).getFullUrl(),
                Fixtures.reference(bundle),
                new Binary().setContentType("application/xml").setData(content),
                Optional.empty(),
                Fixtures.ALICE);
    }

    private static byte[] titled(String title) {
        return edited("vsm", "<title>Synthèse médicale</title>", "<title>" + title + "</title>");
    }

    private static List<Finding> findings(byte[] content) {
        return RULES.check(document(content), List.of());
    }

    @Test
    void anErrorOfASchematronRefusesUnderItsCode() {
        Finding finding = findings(titled("Schematron faux")).get(0);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.rule()).isEqualTo("schematron");
        assertThat(finding.expression()).isEqualTo(DATA);
        assertThat(Texts.of(null).say(finding.toIssue()))
                .isEqualTo("Schématron profils/commun.sch (mot-connu) : Le mot « faux » n'est pas du jeu de valeurs."
                        + " (en /ClinicalDocument[1]/title[1])");
        assertThat(finding.at(Level.STRICT)).isEqualTo(finding);
    }

    @Test
    void aLenientServerToleratesItByName() {
        assertThat(findings(titled("Schematron faux")))
                .map(finding -> finding.at(Level.LENIENT))
                .containsExactly(new Finding(
                        Severity.WARNING,
                        DATA,
                        "tolerance-schematron",
                        "schematron",
                        findings(titled("Schematron faux")).get(0).args()));
        assertThat(findings(titled("Schematron nombre"))
                        .get(0)
                        .at(Level.LENIENT)
                        .isError())
                .isFalse();
    }

    @Test
    void aWarningOfASchematronWarns() {
        assertThat(findings(titled("Schematron avertissement")))
                .noneMatch(Finding::isError)
                .hasSize(1);
    }

    @Test
    void aSchematronThatGivesUpRefuses() {
        assertThat(findings(titled("Schematron nombre")))
                .containsExactly(new Finding(
                        Severity.ERROR,
                        DATA,
                        "schematron",
                        "schematron-failed",
                        List.of("profils/commun.sch", "FORG0001")));
    }

    @Test
    void howManyMoreThereAreIsTold() {
        List<Finding> crowd = findings(titled("Schematron foule"));
        assertThat(crowd).hasSize(101).noneMatch(Finding::isError);
        assertThat(crowd.get(100).messageKey()).isEqualTo("schematron-more");
    }

    @Test
    void aDocumentTooLargeIsNotHeldToThemAndItIsTold() {
        byte[] faulty = titled("Schematron faux");
        byte[] large = Arrays.copyOf(faulty, Schematrons.MAX_BYTES + 1);
        Arrays.fill(large, faulty.length, large.length, (byte) ' ');
        assertThat(findings(large)).extracting(Finding::messageKey).containsExactly("schematron-too-large");
        assertThat(findings(Arrays.copyOf(large, Schematrons.MAX_BYTES)))
                .extracting(Finding::messageKey)
                .containsExactly("schematron");
    }

    @Test
    void ofWhatIsNoXmlNothingMoreIsSaid() {
        SubmittedDocument broken = document("<ClinicalDocument".getBytes(UTF_8));
        Finding told = new Finding(Severity.ERROR, DATA, "cda-header", "cda-unreadable", List.of());
        assertThat(RULES.check(broken, List.of(told))).isEmpty();
        assertThat(RULES.check(broken, List.of()))
                .extracting(Finding::messageKey)
                .containsExactly("cda-unreadable");
    }

    @Test
    void withoutSchematronsNothingIsSaid() {
        assertThat(SchematronRules.none().check(document(titled("Schematron faux")), List.of()))
                .isEmpty();
    }
}

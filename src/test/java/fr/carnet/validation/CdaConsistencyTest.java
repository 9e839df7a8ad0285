package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.ALICE;
import static fr.carnet.validation.Fixtures.cda;
import static fr.carnet.validation.Fixtures.edited;
import static fr.carnet.validation.Fixtures.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.shared.Ins;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CdaConsistencyTest {

    private static final Set<Ins> MATRICULES = Set.of(Ins.of("1.2.250.1.213.1.4.10", Fixtures.ALICE_INS));

    private final SubmittedDocument document =
            Fixtures.check(Fixtures.submission("vsm")).documents().get(0);

    @Test
    void aDocumentThatAgreesWithItsMetadataHasNoFinding() {
        assertThat(findings(cda("vsm"), ALICE)).isEmpty();
        assertThat(CdaConsistency.sourcePatient(document, MATRICULES, ALICE)).isEmpty();
    }

    @Test
    void anotherIdentifierIsRefused() {
        byte[] other = edited("vsm", "<id root=\"1.2.250.1.999.1.1\"/>", "<id root=\"1.2.250.1.999.1.9\"/>");
        assertThat(findings(other, ALICE)).containsExactly("cda-id-differs");
    }

    @Test
    void theXdsFormOfAnIdentifierIsRead() {
        byte[] extended = edited("vsm", "<id root=\"1.2.250.1.999.1.1\"/>", "<id root=\"1.2.3\" extension=\"A7\"/>");
        document.reference().getMasterIdentifier().setValue("urn:oid:1.2.3^A7");
        assertThat(findings(extended, ALICE)).isEmpty();
        document.reference().getMasterIdentifier().setSystem("urn:oid:1.2.3").setValue("A7");
        assertThat(findings(extended, ALICE)).isEmpty();
    }

    @Test
    void anotherTypeIsRefused() {
        byte[] other = edited("vsm", "code=\"SYNTH\"", "code=\"BIL_AUTO\"");
        assertThat(findings(other, ALICE)).containsExactly("cda-type-differs");
    }

    @Test
    void anotherPatientIsRefused() {
        byte[] other = edited("vsm", Fixtures.ALICE_INS, "279035121518989");
        assertThat(findings(other, ALICE)).containsExactly("cda-patient-differs");
        byte[] otherDomain = edited("vsm", "root=\"1.2.250.1.213.1.4.10\"", "root=\"1.2.250.1.213.1.4.8\"");
        assertThat(findings(otherDomain, ALICE)).containsExactly("cda-patient-differs");
    }

    /** Documents of before keep the matricule that was current then. */
    @Tag("R9")
    @Test
    void aFormerMatriculeOfThePatientIsHis() {
        byte[] former = edited("vsm", Fixtures.ALICE_INS, "279035121518989");
        Set<Ins> all = Set.of(
                Ins.of("1.2.250.1.213.1.4.10", Fixtures.ALICE_INS), Ins.of("1.2.250.1.213.1.4.10", "279035121518989"));

        assertThat(CdaConsistency.header(Fixtures.TABLES, document, header(former), all, ALICE))
                .isEmpty();
        assertThat(findings(former, ALICE)).containsExactly("cda-patient-differs");
    }

    @Test
    void formerMatriculeOfThePatientIsHis() {
        Ins current = Ins.of("1.2.250.1.213.1.4.8", "279035121518989");
        Set<Ins> both = Set.of(current, MATRICULES.iterator().next());
        assertThat(CdaConsistency.sourcePatient(document, both, ALICE)).isEmpty();
        assertThat(CdaConsistency.header(Fixtures.TABLES, document, header(cda("vsm")), both, ALICE))
                .isEmpty();
        assertThat(CdaConsistency.sourcePatient(document, Set.of(current), ALICE))
                .singleElement()
                .satisfies(f -> assertThat(f.messageKey()).isEqualTo("source-patient-differs"));
    }

    @Test
    void aMatriculeWithAWrongKeyIsRefused() {
        byte[] other = edited("vsm", Fixtures.ALICE_INS, "284057505601205");
        assertThat(findings(other, ALICE)).containsExactly("cda-ins-invalid");
    }

    @Test
    void aDocumentWithoutMatriculeIsWarnedAbout() {
        byte[] other = edited("vsm", "<id root=\"1.2.250.1.213.1.4.10\" extension=\"284057505601204\"/>", "");
        assertThat(CdaConsistency.header(Fixtures.TABLES, document, header(other), MATRICULES, ALICE))
                .singleElement()
                .satisfies(f -> assertThat(f.isError()).isFalse());
    }

    @Test
    void traitsThatDifferAreNamedNeverShown() {
        byte[] other = edited("vsm", "<county>75056</county>", "<county>13055</county>");
        List<Finding> findings = CdaConsistency.header(Fixtures.TABLES, document, header(other), MATRICULES, ALICE);
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.rule()).isEqualTo("R8");
            assertThat(f.args()).containsExactly("birth_place");
        });
    }

    @Test
    void traitsOfTheMetadataAreCompared() {
        PatientTraits registered = new PatientTraits(
                Optional.of("DURAND"),
                ALICE.firstGiven(),
                Optional.of(LocalDate.of(2010, 1, 1)),
                ALICE.gender(),
                ALICE.birthPlace());
        assertThat(CdaConsistency.sourcePatient(document, MATRICULES, registered))
                .singleElement()
                .satisfies(f -> assertThat(f.args()).containsExactly("birth_family, birth_date"));
    }

    @Test
    void aLoweredConfidentialityIsWarnedAbout() {
        byte[] restricted = edited("vsm", "<confidentialityCode code=\"N\"", "<confidentialityCode code=\"R\"");
        assertThat(findings(restricted, ALICE)).containsExactly("cda-confidentiality-differs");
    }

    @Test
    void unreadableDocumentsAreToldWithoutTheirContent() {
        byte[] broken = "<a>MOREAU".getBytes(StandardCharsets.UTF_8);
        UnreadableCda why = catchThrowableOfType(() -> CdaHeader.read(broken), UnreadableCda.class);
        Finding finding = CdaConsistency.unreadable(document, why);
        assertThat(finding.expression()).isEqualTo("Bundle.entry[2].resource.data");
        assertThat(finding.args()).first().isEqualTo("NOT_CDA");
        assertThat(finding.toString()).doesNotContain("MOREAU");
    }

    private List<String> findings(byte[] content, PatientTraits registered) {
        return CdaConsistency.header(Fixtures.TABLES, document, header(content), MATRICULES, registered).stream()
                .map(Finding::messageKey)
                .toList();
    }
}

package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.cda;
import static fr.carnet.validation.Fixtures.edited;
import static fr.carnet.validation.Fixtures.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.carnet.shared.CodeSystems;
import fr.carnet.validation.CdaHeader.DocumentId;
import fr.carnet.validation.UnreadableCda.Reason;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CdaHeaderTest {

    @Test
    void tellsWhatTheDocumentIs() {
        CdaHeader header = header(cda("vsm"));
        assertThat(header.id().token()).isEqualTo("urn:ietf:rfc:3986|urn:oid:1.2.250.1.999.1.1");
        assertThat(header.type().is(CodeSystems.TRE_A05, "SYNTH")).isTrue();
        assertThat(header.title()).contains("Synthèse médicale");
        assertThat(header.created()).isEqualTo(OffsetDateTime.parse("2026-03-10T10:15:00+01:00"));
        assertThat(header.language()).contains("fr-FR");
        assertThat(header.confidentiality()).map(Concept::code).contains("N");
        assertThat(header.setId()).map(DocumentId::root).contains("1.2.250.1.999.1.1.0");
        assertThat(header.versionNumber()).contains("1");
        assertThat(header.templateIds()).endsWith("1.2.250.1.213.1.1.1.13");
        assertThat(header.nonXmlMediaType()).isEmpty();
        assertThat(header.wrapped()).isFalse();
    }

    @Test
    void tellsWhoItIsAbout() {
        CdaHeader.Patient patient = header(cda("vsm")).patient();
        assertThat(patient.ins()).contains(new DocumentId("1.2.250.1.213.1.4.10", Optional.of("284057505601204")));
        assertThat(patient.ids()).hasSize(2);
        assertThat(patient.traits()).isEqualTo(Fixtures.ALICE);
        assertThat(patient.usualFamily()).contains("MOREAU-PETIT");
        assertThat(patient.birthGivens()).contains("ALICE JEANNE");
    }

    @Test
    void tellsWhoMadeItAndWhere() {
        CdaHeader header = header(cda("vsm"));
        assertThat(header.authors()).hasSize(1);
        CdaHeader.Author author = header.authors().get(0);
        assertThat(author.id()).map(DocumentId::value).contains("899700100011");
        assertThat(author.speciality()).map(Concept::code).contains("G15_10/SM54");
        assertThat(author.structure()).map(s -> s.id().value()).contains("399999001300016");
        assertThat(header.legalAuthenticator()).isPresent();
        assertThat(header.custodian()).map(s -> s.id().system()).contains("urn:oid:1.2.250.1.71.4.2.2");
        assertThat(header.facilityType()).map(Concept::code).contains("SA07");
        assertThat(header.practiceSetting()).map(Concept::code).contains("AMBULATOIRE");
        assertThat(header.events()).hasSize(1);
        assertThat(header.events().get(0).end()).isPresent();
    }

    @Test
    void tellsWhatItReplaces() {
        assertThat(header(cda("discharge")).replaces())
                .containsExactly(new DocumentId("1.2.250.1.999.1.20", Optional.empty()));
    }

    @Test
    void tellsWhatALevelOneDocumentWraps() {
        assertThat(header(cda("level1")).nonXmlMediaType()).contains("application/pdf");
    }

    @Test
    void readsADocumentInsideItsStylesheet() {
        String inner = new String(cda("vsm"), UTF_8).replaceFirst("<\\?xml.*\\?>", "");
        String wrapped = "<?xml version=\"1.0\"?><xsl:stylesheet version=\"1.0\""
                + " xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><d:data xmlns:d=\"urn:any\">" + inner
                + "</d:data><xsl:template match=\"/\"/></xsl:stylesheet>";
        CdaHeader header = header(wrapped.getBytes(UTF_8));
        assertThat(header.wrapped()).isTrue();
        assertThat(header.type().code()).isEqualTo("SYNTH");
    }

    @Test
    void identifiersWithAnExtensionKeepTheirDomain() {
        DocumentId id = new DocumentId("1.2.3", Optional.of("A7"));
        assertThat(id.token()).isEqualTo("urn:oid:1.2.3|A7");
        assertThat(new DocumentId("90E1C8EC-F951-4B26-A305-A34848818DD6", Optional.empty()).value())
                .isEqualTo("urn:uuid:90e1c8ec-f951-4b26-a305-a34848818dd6");
    }

    @Test
    void neitherHeaderNorPatientPrintPersonalData() {
        CdaHeader header = header(cda("vsm"));
        assertThat(header + " " + header.patient() + header.authors()
                        + header.patient().traits())
                .doesNotContainIgnoringCase("moreau")
                .doesNotContainIgnoringCase("martin")
                .doesNotContain("284057505601204");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>"
            })
    void documentTypesAreRefused(String doctype) {
        byte[] document = edited("vsm", "<!-- Fixture", doctype + "<!-- Fixture");
        assertThat(refusal(document).reason()).isEqualTo(Reason.DOCTYPE);
    }

    @Test
    void undeclaredEntitiesAreRefused() {
        assertThat(refusal(edited("vsm", "Synthèse médicale", "&xxe;")).reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void otherXmlIsRefused() {
        assertThat(refusal("<html><body/></html>".getBytes(UTF_8)).reason()).isEqualTo(Reason.NOT_CDA);
        assertThat(refusal("<ClinicalDocument/>".getBytes(UTF_8)).reason()).isEqualTo(Reason.NOT_CDA);
    }

    @Test
    void whatIsNotXmlIsRefused() {
        assertThat(refusal("%PDF-1.4".getBytes(UTF_8)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(new byte[0]).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void missingElementsAreNamed() {
        UnreadableCda refusal = refusal(edited("vsm", "<effectiveTime value=\"20260310101500+0100\"/>", ""));
        assertThat(refusal.reason()).isEqualTo(Reason.MISSING);
        assertThat(refusal.where()).isEqualTo("effectiveTime");
    }

    @Test
    void impossibleDatesAreRefused() {
        byte[] document = edited("vsm", "<effectiveTime value=\"20260310", "<effectiveTime value=\"20261310");
        assertThat(refusal(document).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void twoPatientsAreRefused() {
        byte[] document = edited("vsm", "<author>", "<recordTarget><patientRole/></recordTarget><author>");
        assertThat(refusal(document).where()).isEqualTo("recordTarget");
    }

    @Test
    void endlessHeadersAreRefused() {
        byte[] wide = edited("vsm", "<author>", "<informant/>".repeat(30_000) + "<author>");
        byte[] deep = edited("vsm", "<author>", "<a>".repeat(100) + "</a>".repeat(100) + "<author>");
        byte[] longText = edited("vsm", "Synthèse médicale", "x".repeat(2_000_000));
        assertThat(refusal(wide).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(deep).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(longText).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void theBodyIsNotRead() {
        byte[] document = edited("vsm", "</structuredBody>", "<broken");
        assertThat(header(document).type().code()).isEqualTo("SYNTH");
    }

    private static UnreadableCda refusal(byte[] document) {
        UnreadableCda refusal = catchThrowableOfType(() -> CdaHeader.read(document), UnreadableCda.class);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.getMessage()).doesNotContainIgnoringCase("moreau").doesNotContain("284057505601204");
        return refusal;
    }
}

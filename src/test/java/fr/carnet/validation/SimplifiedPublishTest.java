package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.ProfileUris;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ITI-105 read as a lot: what the server makes of it, and where its findings point. */
class SimplifiedPublishTest {

    private static final Instant AT = Instant.parse("2026-03-10T10:00:00.123Z");
    private static final UUID LOT = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    private final SimplifiedPublish reading =
            new SimplifiedPublish(Fixtures.TABLES, new SubmissionCheck(Fixtures.TABLES, SubmissionLimits.DEFAULTS));

    private static DocumentReference published() {
        DocumentReference document = Fixtures.reference(Fixtures.submission("vsm"));
        document.getMeta().getProfile().clear();
        document.getMeta().addProfile(ProfileUris.SIMPLIFIED_PUBLISH);
        attachment(document).setUrl(null).setData(Fixtures.cda("vsm"));
        return document;
    }

    private static Attachment attachment(DocumentReference document) {
        return document.getContentFirstRep().getAttachment();
    }

    private Submission lot(DocumentReference published) {
        SubmissionReport report = reading.check(published, LOT, AT, Level.STRICT);
        assertThat(report.findings()).filteredOn(Finding::isError).isEmpty();
        return report.submission().orElseThrow();
    }

    @Test
    void whatWasSentIsLeftAsItIs() {
        DocumentReference sent = published();
        DocumentReference before = sent.copy();
        lot(sent);
        assertThat(sent.equalsDeep(before)).isTrue();
    }

    @Test
    void lotIsOneThatPdsmTakes() {
        Submission lot = lot(published());
        ListResource set = lot.set();
        assertThat(lot.documents()).hasSize(1);
        assertThat(lot.documents().get(0).content()).isEqualTo(Fixtures.cda("vsm"));
        assertThat(set.getDate()).isEqualTo(Instant.parse("2026-03-10T10:00:00Z"));
        assertThat(set.getIdentifier())
                .extracting(Identifier::getUse)
                .containsExactly(IdentifierUse.USUAL, IdentifierUse.OFFICIAL);
        assertThat(set.getIdentifier())
                .allMatch(i -> CodeSystems.MHD_IDENTIFIER_TYPE.equals(
                        i.getType().getCodingFirstRep().getSystem()));
        assertThat(set.getIdentifierFirstRep().getValue()).matches("urn:oid:2\\.25\\.\\d+");
        Findings findings = new Findings();
        new SubmissionSetRules(Fixtures.TABLES, new Entries(new org.hl7.fhir.r4.model.Bundle(), findings), findings)
                .check(new Entries.Entry<>(0, "", "", set), Form.PDSM);
        assertThat(findings.list()).extracting(Finding::messageKey).containsOnly("item-unknown");
    }

    @Test
    void headerSaysWhatTheMetadataDoNot() {
        DocumentReference sent = published();
        sent.setContext(new DocumentReferenceContextComponent()).setSecurityLabel(null);
        sent.getCategory().clear();
        sent.getContentFirstRep().setFormat(null);
        attachment(sent).setLanguage(null).setCreation(null).setTitle(null);
        sent.getContained().removeIf(Patient.class::isInstance);
        DocumentReference completed = lot(sent).documents().get(0).reference();
        new MetadataCompletion(Fixtures.TABLES).complete(completed);
        attachment(completed).setSize(1).setHash(new byte[20]);
        assertThat(new MetadataCompletion(Fixtures.TABLES).isComprehensive(completed))
                .isTrue();
    }

    @Test
    void whatIsSaidIsNotOverruledByTheHeader() {
        DocumentReference sent = published();
        attachment(sent).setLanguage("en").setTitle("Autre titre");
        Attachment completed = attachment(lot(sent).documents().get(0).reference());
        assertThat(completed.getLanguage()).isEqualTo("en");
        assertThat(completed.getTitle()).isEqualTo("Autre titre");
    }

    @Test
    void withoutHeaderNothingIsInvented() {
        DocumentReference sent = published();
        sent.setContext(new DocumentReferenceContextComponent());
        attachment(sent)
                .setContentType("application/pdf")
                .setData("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.UTF_8))
                .setSizeElement(null)
                .setHash(null);
        DocumentReference read = lot(sent).documents().get(0).reference();
        assertThat(read.getContext().isEmpty()).isTrue();
        assertThat(new MetadataCompletion(Fixtures.TABLES).isComprehensive(read))
                .isFalse();
    }

    private static List<String> sources(ListResource set) {
        return set.getContained().stream().map(Resource::fhirType).sorted().toList();
    }

    private ListResource authored(Resource author) {
        DocumentReference sent = published();
        author.setId("who");
        sent.addContained(author);
        sent.setAuthor(null).addAuthor(new Reference("#who"));
        return lot(sent).set();
    }

    @Test
    void sourceOfTheLotIsTheFirstAuthor() {
        assertThat(sources(authored(new Practitioner()))).containsExactly("Practitioner", "PractitionerRole");
        assertThat(sources(authored(new Organization()))).containsExactly("Organization", "PractitionerRole");
        assertThat(sources(authored(new Device()))).containsExactly("Device");
        assertThat(sources(authored(new Patient()))).containsExactly("Patient");
        assertThat(sources(authored(new PractitionerRole()))).containsExactly("PractitionerRole");
        ListResource byServer = authored(new RelatedPerson());
        assertThat(((Device) byServer.getContained().get(0))
                        .getDeviceNameFirstRep()
                        .getName())
                .isEqualTo("Carnet");
        DocumentReference identified = published();
        identified.setAuthor(List.of(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:oid:1.2").setValue("8"))));
        assertThat(sources(lot(identified).set())).containsExactly("PractitionerRole");
    }

    @Test
    void containedSubjectNeedsAMatricule() {
        DocumentReference sent = published();
        Patient subject = new Patient();
        subject.setId("who");
        sent.setSubject(new Reference("#who")).addContained(subject);
        assertThat(reading.check(sent, LOT, AT, Level.STRICT).findings())
                .extracting(Finding::messageKey)
                .contains("subject-form");
        subject.addIdentifier(
                new Identifier().setSystem("urn:oid:1.2.250.1.213.1.4.10").setValue(Fixtures.ALICE_INS));
        assertThat(lot(sent).patients()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Bundle.entry[1].resource.type, DocumentReference.type",
        "Bundle.entry[1].resource, DocumentReference",
        "Bundle.entry[2].resource.data, DocumentReference.content[0].attachment.data",
        "Bundle.entry.resource.subject, DocumentReference.subject",
        "Bundle.entry[0].resource.subject, DocumentReference.subject",
        "Bundle.entry[0].resource.entry[0].item, DocumentReference"
    })
    void findingsPointIntoWhatWasSent(String ofLot, String sent) {
        assertThat(SimplifiedPublish.expression(ofLot)).isEqualTo(sent);
    }
}

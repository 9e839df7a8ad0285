package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.reference;
import static fr.carnet.server.flow.Scene.set;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.StructureId;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of ITI-65 besides that of PDSm: MHD minimal, comprehensive, un-contained. */
class FormsIT {

    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);

    private Bundle lotOf(String form) {
        Bundle lot = lot(patient, document());
        lot.getMeta().getProfile().clear();
        lot.getMeta().addProfile(ProfileUris.MHD + "IHE.MHD." + form + ".ProvideBundle");
        lot.getEntry().forEach(e -> e.getResource().setMeta(null));
        return lot;
    }

    private static Attachment attachment(DocumentReference document) {
        return document.getContentFirstRep().getAttachment();
    }

    private JsonNode stored(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        List<String> created = answer.createdInTransaction().toList();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContainAnyElementsOf(
                        created.stream().map(r -> r.replaceAll(".*/", "")).toList());
        assertThat(Scene.found(martin, "List?status=current&code=submissionset&" + Scene.of(patient)))
                .containsExactly(created.get(0));
        return Scene.SERVER.send(martin, Call.get(created.get(1))).json();
    }

    private void refused(Bundle lot, String... expected) {
        List<Integer> before = Scene.stored();
        Answer answer = post(martin, lot);
        assertThat(issues(answer).stream().filter(i -> i.startsWith("error")).map(i -> i.substring(6)))
                .contains(expected);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(Scene.stored()).isEqualTo(before);
    }

    @Test
    void minimalMetadataAreCompleted() {
        Bundle lot = lotOf("Minimal");
        DocumentReference document = reference(lot);
        document.getContained().clear();
        document.setAuthor(null).setCustodian(null).setDate(null).setSecurityLabel(null);
        document.setContext(new DocumentReferenceContextComponent())
                .getCategory()
                .clear();
        document.getContentFirstRep().setFormat(null);
        attachment(document)
                .setLanguage(null)
                .setCreation(null)
                .setTitle(null)
                .setSizeElement(null)
                .setHash(null);
        set(lot).setSource(null).setSubject(null).getContained().clear();
        set(lot).getExtension().removeIf(e -> e.getUrl().equals(ProfileUris.DESIGNATION_TYPE));
        JsonNode read = stored(post(martin, lot));
        assertThat(read.at("/category/0/coding/0/code").asText()).isEqualTo("10");
        assertThat(read.at("/securityLabel/0/coding/0/code").asText()).isEqualTo("N");
        assertThat(read.at("/custodian/identifier/value").asText()).isEqualTo("399999001300016");
        assertThat(read.at("/content/0/attachment/size").asInt()).isPositive();
        assertThat(read.at("/content/0/attachment/hash").asText()).isNotBlank();
        assertThat(read.path("date").asText()).isNotBlank();
    }

    @Test
    void minimalMetadataNameTypeAndPatient() {
        Bundle lot = lotOf("Minimal");
        reference(lot).setType(null).setSubject(null);
        refused(
                lot,
                "mhd-minimal-document-reference Bundle.entry[1].resource.type",
                "mhd-minimal-document-reference Bundle.entry[1].resource.subject");
    }

    @Test
    void whatPdsmClaimsPdsmKeepsInAMinimalLot() {
        Bundle lot = lotOf("Minimal");
        reference(lot).setCustodian(null).getMeta().addProfile(ProfileUris.DOCUMENT_REFERENCE);
        refused(lot, "pdsm-comprehensive-document-reference Bundle.entry[1].resource.custodian");
    }

    private static Reference identified(String system, String value) {
        return new Reference().setIdentifier(new Identifier().setSystem(system).setValue(value));
    }

    @Test
    void unContainedPersonsAreNamedByTheirIdentifiers() {
        Bundle lot = lotOf("UnContained.Comprehensive");
        DocumentReference document = reference(lot);
        document.getContained().clear();
        document.setAuthor(List.of(identified(IdNatPs.SYSTEM, Scene.DR_MARTIN)));
        document.setCustodian(identified(StructureId.SYSTEM, "399999001300016"));
        document.getContext().setSourcePatientInfo(document.getSubject().copy());
        set(lot).setSource(identified(IdNatPs.SYSTEM, Scene.DR_MARTIN))
                .getContained()
                .clear();
        JsonNode read = stored(post(martin, lot));
        assertThat(read.at("/author/0/identifier/value").asText()).isEqualTo(Scene.DR_MARTIN);
        assertThat(read.at("/context/sourcePatientInfo/reference").asText())
                .isEqualTo(read.at("/subject/reference").asText());
        assertThat(Scene.found(
                        martin,
                        "DocumentReference?status=current&author.identifier="
                                + Call.escaped(IdNatPs.SYSTEM + "|" + Scene.DR_MARTIN) + "&" + Scene.of(patient)))
                .hasSize(1);
    }

    @Test
    void unContainedPersonsElsewhereAreRefused() {
        Bundle lot = lotOf("UnContained.Comprehensive");
        reference(lot).getAuthorFirstRep().setReference("Practitioner/1");
        set(lot).getSource().setReference("https://elsewhere.example/Practitioner/1");
        Scene.pruned(set(lot));
        Scene.pruned(reference(lot));
        refused(
                lot,
                "mhd-comprehensive-submissionset Bundle.entry[0].resource.source",
                "mhd-uncontained-comprehensive-document-reference Bundle.entry[1].resource.author[0]");
    }

    @Test
    void sourcePatientIsThePatient() {
        Bundle lot = lotOf("UnContained.Comprehensive");
        reference(lot).getContext().setSourcePatientInfo(new Reference(Scene.ALICE.reference()));
        Scene.pruned(reference(lot));
        refused(lot, "XDSPatientIdDoesNotMatch Bundle.entry.resource.subject");
    }

    /** The slicing of the Bundle is closed: persons are no entries, in whatever form. */
    @ParameterizedTest
    @ValueSource(strings = {"Minimal", "Comprehensive", "UnContained.Comprehensive"})
    void personsAreNoEntries(String form) {
        Bundle lot = lotOf(form);
        lot.addEntry()
                .setFullUrl("urn:uuid:5f0b2a34-6f0a-4a57-9e87-6d3d3d5f0003")
                .setResource(new Practitioner())
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Practitioner");
        refused(lot, "mhd-provide-bundle Bundle.entry[3].resource");
    }

    @Test
    void bothExtensionsOfTheRecipientAreKept() {
        Bundle lot = lot(patient, document());
        set(lot).addExtension(ProfileUris.INTENDED_RECIPIENT, new Reference("#professionnel"));
        set(lot).addExtension(ProfileUris.PDSM_INTENDED_RECIPIENT, new Reference("#structure"));
        Answer answer = post(martin, lot);
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        JsonNode read = Scene.SERVER
                .send(martin, Call.get(answer.createdInTransaction().toList().get(0)))
                .json();
        assertThat(read.path("extension").findValuesAsText("url"))
                .contains(ProfileUris.INTENDED_RECIPIENT, ProfileUris.PDSM_INTENDED_RECIPIENT);
        set(lot).addExtension(ProfileUris.PDSM_INTENDED_RECIPIENT, new Reference("Practitioner/1"));
        refused(
                lot,
                "pdsm-submissionset-comprehensive Bundle.entry[0].resource.extension('"
                        + ProfileUris.PDSM_INTENDED_RECIPIENT + "')");
    }
}

package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.reference;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static fr.carnet.server.flow.Scene.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** FHIR documents: a Bundle of type document comes in a lot and is read back as {@code Bundle/id}, as its metadata allow. */
class FhirDocumentIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String PATIENT = "urn:uuid:bbbbbbbb-0000-4000-8000-000000000002";

    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);

    private static Bundle fhirDocument(Person patient, String uniqueId) {
        Bundle document = new Bundle().setType(BundleType.DOCUMENT).setTimestamp(new Date());
        document.setIdentifier(new Identifier().setSystem(CodeSystems.URI).setValue(uniqueId));
        Composition composition = new Composition().setStatus(CompositionStatus.FINAL);
        composition.setId("composition");
        composition.setType(new CodeableConcept(new Coding(CodeSystems.LOINC, "11488-4", null)));
        composition.setTitle("Compte rendu").setDate(new Date()).setSubject(new Reference(PATIENT));
        composition.addAuthor(new Reference("Practitioner/1"));
        document.addEntry()
                .setFullUrl("urn:uuid:bbbbbbbb-0000-4000-8000-000000000001")
                .setResource(composition);
        document.addEntry().setFullUrl(PATIENT).setResource(patient.resource());
        return document;
    }

    private static Bundle lotOf(Person patient, String contentType) {
        Bundle lot = lot(patient, document());
        attachment(lot).setContentType(contentType).setSizeElement(null).setHash(null);
        BundleEntryComponent content = lot.getEntry().get(2);
        content.setResource(
                fhirDocument(patient, reference(lot).getMasterIdentifier().getValue()));
        content.getRequest().setUrl("Bundle");
        return lot;
    }

    private static Attachment attachment(Bundle lot) {
        return reference(lot).getContentFirstRep().getAttachment();
    }

    private static Bundle inside(Bundle lot) {
        return (Bundle) lot.getEntry().get(2).getResource();
    }

    private static List<String> accepted(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        return answer.createdInTransaction().toList();
    }

    private static String type(EncodingEnum encoding) {
        return encoding == EncodingEnum.JSON ? "application/fhir+json" : "application/fhir+xml";
    }

    @ParameterizedTest
    @EnumSource(
            value = EncodingEnum.class,
            names = {"JSON", "XML"})
    void documentComesBackInTheEncodingInWhichItIsStored(EncodingEnum encoding) {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Bundle lot = lotOf(patient, type(encoding));
        List<String> created = accepted(post(martin, lot));
        assertThat(created.get(2)).startsWith("Bundle/");
        Answer metadata = Scene.SERVER.send(martin, Call.get(created.get(1)));
        String url = metadata.json().at("/content/0/attachment/url").asText();
        assertThat(url).isEqualTo(Scene.SERVER.root() + "/fhir/" + created.get(2));
        HttpResponse<byte[]> read = Scene.get(url, martin, "Accept", type(encoding));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Content-Type").orElseThrow()).startsWith(type(encoding));
        assertThat(read.body())
                .hasSize(metadata.json().at("/content/0/attachment/size").asInt());
        assertThat(java.util.Base64.getEncoder().encodeToString(Document.sha1(read.body())))
                .isEqualTo(metadata.json().at("/content/0/attachment/hash").asText());
        Bundle back = encoding.newParser(FHIR).parseResource(Bundle.class, text(read));
        Bundle sent = FHIR.newJsonParser()
                .parseResource(Bundle.class, FHIR.newJsonParser().encodeResourceToString(inside(lot)));
        assertThat(back.equalsDeep(sent)).isTrue();
        EncodingEnum other = encoding == EncodingEnum.JSON ? EncodingEnum.XML : EncodingEnum.JSON;
        HttpResponse<byte[]> converted = Scene.get(url, martin, "Accept", type(other));
        assertThat(converted.headers().firstValue("Content-Type").orElseThrow()).startsWith(type(other));
        assertThat(other.newParser(FHIR)
                        .parseResource(Bundle.class, text(converted))
                        .getType())
                .isEqualTo(BundleType.DOCUMENT);
        assertThat(Scene.get(url, martin, "Accept", "application/pdf").statusCode())
                .isEqualTo(406);
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContain(created.get(1).replaceAll(".*/", ""));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void documentIsFoundLikeAnyOther() {
        List<String> created = accepted(post(martin, lotOf(patient, "application/fhir+json")));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String of = Scene.of(patient);
        Answer found = Scene.SERVER.send(martin, Call.get("DocumentReference?status=current&" + of));
        assertThat(found.matches().map(d -> d.at("/content/0/attachment/url").asText()))
                .containsExactly(Scene.SERVER.root() + "/fhir/" + created.get(2));
        assertThat(Scene.found(martin, "List?status=current&code=submissionset&" + of))
                .containsExactly(created.get(0));
    }

    @Test
    void documentIsReadByWhoReadsItsMetadataAndIsNothingElse() {
        Bundle lot = lotOf(patient, "application/fhir+json");
        reference(lot)
                .addSecurityLabel(
                        new CodeableConcept(new Coding(Visibility.SYSTEM, Visibility.MASQUE_PS.name(), null)));
        String masked = accepted(post(martin, lot)).get(2);
        String binary = accepted(post(martin, lot(patient, document()))).get(2);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        String leroy = token("dr-leroy", patient);
        assertThat(Scene.get(masked, martin).statusCode()).isEqualTo(200);
        String hidden = answer(leroy, masked);
        assertThat(hidden).startsWith("404 ");
        assertThat(answer(leroy, "Bundle/nothing")).isEqualTo(hidden);
        assertThat(answer(martin, masked.replace("Bundle/", "Binary/"))).isEqualTo(hidden);
        assertThat(answer(martin, binary.replace("Binary/", "Bundle/"))).isEqualTo(hidden);
        assertThat(Scene.SERVER
                        .send(token("midwife", patient), Call.get(masked))
                        .names("R36"))
                .isTrue();
        assertThat(Scene.get("Bundle?type=document", martin).statusCode()).isIn(400, 404, 405);
    }

    private static String answer(String token, String path) {
        HttpResponse<byte[]> answer = Scene.get(path, token, "Accept", "application/fhir+json");
        return answer.statusCode() + " " + text(answer).replaceAll("correlation-id: [^\"]*", "");
    }

    static Stream<Arguments> faults() {
        String metadata = "Bundle.entry[1].resource";
        return Stream.of(
                fault(
                        "another person's matricule",
                        b -> patient(b)
                                .getIdentifierFirstRep()
                                .setValue(Scene.ALICE.ins().value()),
                        "XDSPatientIdDoesNotMatch " + metadata + ".subject"),
                fault(
                        "another trait",
                        b -> patient(b).getNameFirstRep().setFamily("AUTRE"),
                        "R8 " + metadata + ".content[0]"),
                fault(
                        "another identifier",
                        b -> inside(b)
                                .getIdentifier()
                                .setValue(UniqueId.random().urn()),
                        "fhir-document " + metadata + ".masterIdentifier"),
                fault(
                        "another type",
                        b -> composition(b).getType().getCodingFirstRep().setCode("34133-9"),
                        "fhir-document " + metadata + ".type"),
                fault(
                        "no document",
                        b -> inside(b).setType(BundleType.COLLECTION),
                        "FHIRDocumentNotSupported Bundle.entry[2].resource.type"),
                fault(
                        "no composition",
                        b -> inside(b).getEntry().remove(0),
                        "fhir-document Bundle.entry[2].resource.entry[0].resource"),
                fault(
                        "no timestamp",
                        b -> inside(b).setTimestamp(null),
                        "fhir-document Bundle.entry[2].resource.timestamp"),
                fault(
                        "another media type",
                        b -> attachment(b).setContentType("application/pdf"),
                        "constr-bind-attachmenturl " + metadata + ".content[0].attachment.contentType"),
                fault(
                        "carried out",
                        b -> b.getEntry().get(2).getRequest().setMethod(Bundle.HTTPVerb.PUT),
                        "mhd-provide-bundle Bundle.entry[2].request.method"));
    }

    private static Arguments fault(String name, Consumer<Bundle> edit, String expected) {
        return arguments(name, edit, expected);
    }

    private static Composition composition(Bundle lot) {
        return (Composition) inside(lot).getEntry().get(0).getResource();
    }

    private static Patient patient(Bundle lot) {
        return (Patient) inside(lot).getEntry().get(1).getResource();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultyDocumentIsRefused(String name, Consumer<Bundle> edit, String expected) {
        Bundle lot = lotOf(patient, "application/fhir+json");
        edit.accept(lot);
        List<Integer> before = stored();
        Answer answer = post(martin, lot);
        assertThat(issues(answer).stream().filter(i -> i.startsWith("error"))).containsExactly("error " + expected);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.sentence()).isNotBlank();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void statedSizeIsThatOfTheSendersWriting() {
        Bundle lot = lotOf(patient, "application/fhir+json");
        attachment(lot).setSize(7).setHash(new byte[20]);
        Answer answer = post(martin, lot);
        accepted(answer);
        assertThat(warnings(answer)).contains("fhir-document");
    }

    @Test
    void nameThatIsNoMatriculeIsWarnedOf() {
        Bundle lot = lotOf(patient, "application/fhir+json");
        patient(lot).setIdentifier(null);
        Answer answer = post(martin, lot);
        accepted(answer);
        assertThat(warnings(answer)).contains("fhir-document");
    }

    @Test
    void sameLotIsKnownAgain() {
        Bundle lot = lotOf(patient, "application/fhir+json");
        List<String> created = accepted(post(martin, lot));
        List<Integer> before = stored();
        Answer again = post(martin, lot);
        assertThat(accepted(again)).isEqualTo(created);
        assertThat(again.isOfAnEarlierSending()).isTrue();
        assertThat(stored()).isEqualTo(before);
    }
}

package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.BRUNO;
import static fr.carnet.server.flow.Scene.DAVID;
import static fr.carnet.server.flow.Scene.EMMA;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.post;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.reference;
import static fr.carnet.server.flow.Scene.set;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.synthesis;
import static fr.carnet.server.flow.Scene.token;
import static fr.carnet.server.flow.Scene.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ITI-65: what is published, in which forms, and what refuses it; a refusal stores nothing. */
class ProvideBundleIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String METADATA = "Bundle.entry[1].resource";
    private static final String ATTACHMENT = METADATA + ".content[0].attachment";

    @Test
    void newDocumentIsAnsweredEntryByEntry() {
        Answer answer = post(token("dr-martin", ALICE), lot(ALICE, synthesis()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("type").asText()).isEqualTo("transaction-response");
        assertThat(answer.entryStatuses()).containsExactly("201 Created", "201 Created", "201 Created");
        assertThat(answer.createdInTransaction().map(r -> r.replaceAll("/.*", "")))
                .containsExactly("List", "DocumentReference", "Binary");
        assertThat(answer.json().at("/entry/1/response/etag").asText()).isEqualTo("W/\"1\"");
    }

    @Test
    void severalDocumentsAndAFolderComeInOneLot() {
        Person patient = Scene.patient();
        Bundle bundle = lot(patient, document());
        Bundle second = lot(patient, document());
        bundle.addEntry(second.getEntry().get(1));
        bundle.addEntry(second.getEntry().get(2));
        set(bundle).addEntry(set(second).getEntryFirstRep());
        folder(bundle);
        Answer answer = post(token("dr-martin", patient), bundle);
        assertThat(issues(answer)).isEmpty();
        assertThat(answer.entryStatuses()).hasSize(6).allMatch(s -> s.equals("201 Created"));
        String token = token("dr-martin", patient);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(Scene.found(token, "DocumentReference?status=current&" + Scene.of(patient)))
                .hasSize(2);
        assertThat(Scene.found(token, "List?status=current&code=folder&" + Scene.of(patient)))
                .hasSize(1);
    }

    private static void folder(Bundle bundle) {
        ListResource folder = set(bundle).copy();
        folder.getMeta()
                .getProfile()
                .forEach(p -> p.setValue(p.getValue().replace("pdsm-submissionset-", "pdsm-folder-")));
        folder.getContained().clear();
        folder.setSource(null);
        folder.getExtension().removeIf(e -> e.getUrl().endsWith("ihe-sourceId"));
        folder.getIdentifierFirstRep()
                .setValue(fr.carnet.server.cli.client.UniqueId.random().urn());
        folder.getCode().getCodingFirstRep().setCode("folder");
        folder.setTitle("Grossesse");
        String url = "urn:uuid:5f0b2a34-6f0a-4a57-9e87-6d3d3d5f0001";
        bundle.addEntry()
                .setFullUrl(url)
                .setResource(folder)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("List");
        set(bundle).addEntry().setItem(new Reference(url));
    }

    @Test
    void xmlIsTakenAndGiven() {
        byte[] xml = FHIR.newXmlParser()
                .encodeResourceToString(lot(ALICE, synthesis()))
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = send(xml, "application/fhir+xml", "Accept", "application/fhir+xml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/fhir+xml"));
        Bundle response = FHIR.newXmlParser().parseResource(Bundle.class, text(answer));
        assertThat(response.getEntry()).hasSize(3);
    }

    @Test
    void acceptIsReadWithItsWeights() {
        byte[] json = json(lot(ALICE, synthesis()));
        HttpResponse<byte[]> answer =
                send(json, "application/fhir+json", "Accept", "application/fhir+xml;q=0.5, application/fhir+json");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        HttpResponse<byte[]> other =
                send(json, "application/fhir+json", "Accept", "application/fhir+json;q=0.5, application/fhir+xml");
        assertThat(other.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/fhir+xml");
    }

    @Test
    void answerIsZippedOnRequest() throws IOException {
        HttpResponse<byte[]> answer =
                send(json(lot(ALICE, synthesis())), "application/fhir+json", "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("transaction-response");
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("hash", d -> attachment(d).setHash(new byte[20]), "XDSNonIdenticalHash " + ATTACHMENT + ".hash"),
                fault("size", d -> attachment(d).setSize(7), "XDSNonIdenticalSize " + ATTACHMENT + ".size"),
                fault(
                        "custodian",
                        d -> d.setCustodian(null),
                        "pdsm-comprehensive-document-reference " + METADATA + ".custodian"),
                fault("not qualified", d -> status(d, "PROV"), "R5 " + METADATA + ".context.sourcePatientInfo"),
                fault(
                        "other trait",
                        d -> source(d).getNameFirstRep().setFamily("MOREL"),
                        "R8 " + METADATA + ".context.sourcePatientInfo"),
                fault(
                        "class",
                        d -> d.getCategoryFirstRep().getCodingFirstRep().setCode("10"),
                        "R120 " + METADATA + ".category[0]"),
                fault("label without rule", d -> label(d, "MASQUE_PT"), "R100 " + METADATA + ".securityLabel"),
                fault(
                        "masked and invisible",
                        d -> {
                            label(d, "MASQUE_PS");
                            label(d, "INVISIBLE_PATIENT");
                        },
                        "R102 " + METADATA + ".securityLabel"),
                fault(
                        "url outside",
                        d -> attachment(d).setUrl("https://elsewhere.example/doc"),
                        "constr-bind-attachmenturl " + ATTACHMENT + ".url",
                        "XDSMissingDocumentMetadata Bundle.entry[2].resource"),
                fault(
                        "unknown appended document",
                        d -> d.addRelatesTo()
                                .setCode(DocumentRelationshipType.APPENDS)
                                .setTarget(new Reference("DocumentReference/nothing")),
                        "constr-bind-relatesToTarget " + METADATA + ".relatesTo[0].target"));
    }

    private static Arguments fault(String name, Consumer<DocumentReference> edit, String... expected) {
        return arguments(name, edit, List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultyMetadataAreRefusedByElementAndRule(
            String name, Consumer<DocumentReference> edit, List<String> expected) {
        refusedAndNothingStored(edited(lot(ALICE, synthesis()), edit), 422, expected);
    }

    static Stream<Arguments> faultyLots() {
        return Stream.of(
                faultyLot(
                        "one id twice",
                        b -> set(b).getIdentifierFirstRep()
                                .setValue(reference(b).getMasterIdentifier().getValue()),
                        "XDSRegistryDuplicateUniqueIdInMessage " + METADATA + ".masterIdentifier"),
                faultyLot(
                        "GET",
                        b -> b.addEntry()
                                .getRequest()
                                .setMethod(Bundle.HTTPVerb.GET)
                                .setUrl("Patient/1"),
                        "mhd-provide-bundle Bundle.entry[3].request"),
                faultyLot("batch", b -> b.setType(Bundle.BundleType.BATCH), "mhd-provide-bundle Bundle.type"),
                faultyLot(
                        "orphan",
                        b -> b.addEntry(
                                b.getEntry().get(2).copy().setFullUrl("urn:uuid:5f0b2a34-6f0a-4a57-9e87-6d3d3d5f0002")),
                        "XDSMissingDocumentMetadata Bundle.entry[3].resource"),
                faultyLot(
                        "two patients",
                        b -> set(b).setSubject(new Reference(BRUNO.reference())),
                        "XDSPatientIdDoesNotMatch Bundle.entry.resource.subject"),
                faultyLot(
                        "unknown document listed",
                        b -> set(b).addEntry().setItem(new Reference("DocumentReference/nothing")),
                        "mhd-provide-bundle Bundle.entry[0].resource.entry[1].item"));
    }

    private static Arguments faultyLot(String name, Consumer<Bundle> edit, String... expected) {
        return arguments(name, edit, List.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultyLots")
    void faultyLotsAreRefusedByElementAndRule(String name, Consumer<Bundle> edit, List<String> expected) {
        Bundle bundle = lot(ALICE, synthesis());
        edit.accept(bundle);
        refusedAndNothingStored(bundle, 422, expected);
    }

    static Stream<Arguments> faultyDocuments() {
        return Stream.of(
                arguments("another person", synthesis(">MOREAU<", ">MOREL<"), "R8 " + METADATA + ".content[0]"),
                arguments(
                        "another matricule",
                        synthesis(ALICE.ins().value(), BRUNO.ins().value()),
                        "XDSPatientIdDoesNotMatch " + METADATA + ".subject"),
                arguments(
                        "an external entity",
                        synthesis(
                                "<ClinicalDocument ",
                                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ClinicalDocument ",
                                "<title>",
                                "<title>&e;"),
                        "cda-header Bundle.entry[2].resource.data"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultyDocuments")
    void faultyDocumentsAreRefusedByElementAndRule(String name, Document document, String expected) {
        refusedAndNothingStored(lot(ALICE, document), 422, List.of(expected));
    }

    private static void refusedAndNothingStored(Bundle bundle, int status, List<String> expected) {
        String token = token("dr-martin", ALICE);
        List<Integer> before = stored();
        Answer answer = post(token, bundle);
        assertThat(issues(answer).stream().filter(i -> i.startsWith("error")).map(i -> i.substring(6)))
                .containsExactlyElementsOf(expected);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).isNotBlank();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatIsNoBase64IsUnreadable() {
        String json = new String(json(lot(ALICE, synthesis())), StandardCharsets.UTF_8);
        byte[] spoilt = json.replaceFirst("\"data\":\"", "\"data\":\"***").getBytes(StandardCharsets.UTF_8);
        List<Integer> before = stored();
        assertThat(send(spoilt, "application/fhir+json").statusCode()).isEqualTo(400);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatMhdLeavesFreeIsFilledIn() {
        Bundle bundle = mhd(edited(lot(ALICE, document()), d -> d.setDate(null)));
        set(bundle).getIdentifier().clear();
        Answer answer = post(token("dr-martin", ALICE), bundle);
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        Answer read = Scene.SERVER.send(
                token("dr-martin", ALICE),
                Call.get(answer.createdInTransaction().toList().get(1)));
        assertThat(read.json().path("date").asText().substring(0, 10))
                .isEqualTo(read.json()
                        .at("/content/0/attachment/creation")
                        .asText()
                        .substring(0, 10));
    }

    private static Bundle mhd(Bundle bundle) {
        bundle.getMeta()
                .getProfile()
                .get(0)
                .setValue("https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle");
        bundle.getEntry().forEach(e -> e.getResource().setMeta(null));
        return bundle;
    }

    @Test
    void custodianOfAnMhdBundleIsTheDepositingStructure() {
        Bundle bundle = mhd(edited(lot(ALICE, synthesis()), d -> d.setCustodian(null)));
        Answer answer = post(token("dr-martin", ALICE), bundle);
        assertThat(issues(answer)).isEmpty();
        assertThat(warnings(answer)).contains("mhd-comprehensive-document-reference");
        String stored = answer.createdInTransaction().toList().get(1);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        Answer read = Scene.SERVER.send(token("dr-martin", ALICE), Call.get(stored));
        assertThat(read.json().at("/custodian/identifier/value").asText()).isEqualTo("399999001300016");
    }

    @Test
    void depositOnARecordThatIsNotOpenIsRefused() {
        assertThat(refusal("dr-martin", Scene.stranger())).isEqualTo("404 R13");
        assertThat(refusal("dr-martin", EMMA)).isEqualTo("403 R21");
        assertThat(refusal("dr-martin", DAVID)).isEqualTo("404 R13");
    }

    @Test
    void unknownPatientIsNamedAmongOtherReasons() {
        Person unknown = Scene.stranger();
        Bundle bundle = edited(lot(unknown, document()), d -> attachment(d).setSize(7));
        Answer answer = post(token("dr-martin", unknown), bundle);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).contains("XDSNonIdenticalSize", "R13");
    }

    private static String refusal(String actor, Person patient) {
        List<Integer> before = stored();
        Answer answer = post(token(actor, patient), lot(patient, document()));
        assertThat(stored()).isEqualTo(before);
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    @Test
    void secretaryDepositsForANamedAuthor() {
        Answer answer = post(token("secretary", ALICE), lot(ALICE, document()));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
    }

    @Test
    void depositOutsideTheFeedingCellsIsWarnedOf() {
        Document.Kind vaccination = kind(CodeSystems.LOINC, "11369-6", "52");
        Answer answer = post(token("dr-martin", ALICE), lot(ALICE, document(vaccination)));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        assertThat(warnings(answer)).contains("feeding-cell");
    }

    @Test
    void typesOfOthersAreRefused() {
        Document.Kind reimbursements = kind(CodeSystems.TRE_A05, "REMB", "60");
        assertThat(refusalOf(reimbursements)).isEqualTo("403 R134");
        Document.Kind holders = kind(CodeSystems.TRE_A05, "DOCPAT01", "11");
        assertThat(refusalOf(holders)).isEqualTo("403 R135");
        Bundle outside = lot(ALICE, document(kind(CodeSystems.TRE_A12, "E1762", "-")));
        reference(outside)
                .getCategoryFirstRep()
                .getCodingFirstRep()
                .setSystem("https://mos.esante.gouv.fr/NOS/TRE_A10-NomenclatureURN/FHIR/TRE-A10-NomenclatureURN")
                .setCode("urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1");
        Answer answer = post(token("dr-martin", ALICE), outside);
        assertThat(answer.status() + " " + issues(answer)).startsWith("422").contains("R33");
    }

    private static String refusalOf(Document.Kind kind) {
        Answer answer = post(token("dr-martin", ALICE), lot(ALICE, document(kind)));
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    static Document.Kind kind(String system, String type, String category) {
        return new Document.Kind(
                system,
                type,
                category,
                CodeSystems.IHE_FORMAT_CODE,
                "urn:ihe:iti:xds-sd:pdf:2008",
                "application/pdf",
                "Document");
    }

    @Test
    void appendedDocumentIsKeptAsItIsNamed() {
        Person patient = Scene.patient();
        String first = published(patient, document());
        String replaced = published(patient, document());
        Bundle bundle = Scene.replacing(replaced, lot(patient, document()));
        reference(bundle)
                .addRelatesTo()
                .setCode(DocumentRelationshipType.APPENDS)
                .setTarget(new Reference(first));
        String fresh = published("dr-martin", patient, bundle);
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Answer read = Scene.SERVER.send(token("dr-martin", patient), Call.get(fresh));
        assertThat(read.json().at("/relatesTo/0/target/reference").asText()).isEqualTo(replaced);
        assertThat(read.json().at("/relatesTo/1/target/reference").asText()).isEqualTo(first);
    }

    @Test
    void hiddenDocumentIsAnUnknownTarget() {
        Person patient = Scene.patient();
        String hidden = published(patient, document());
        Bundle bundle = edited(
                lot(patient, Scene.LEROY, document()),
                d -> d.addRelatesTo().setCode(DocumentRelationshipType.APPENDS).setTarget(new Reference(hidden)));
        Answer answer = post(token("dr-leroy", patient), bundle);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(issues(answer))
                .containsExactly("error constr-bind-relatesToTarget " + METADATA + ".relatesTo[0].target");
        Bundle listing = lot(patient, Scene.LEROY, document());
        set(listing).addEntry().setItem(new Reference(hidden));
        assertThat(issues(post(token("dr-leroy", patient), listing)))
                .containsExactly("error mhd-provide-bundle Bundle.entry[0].resource.entry[1].item");
    }

    private static HttpResponse<byte[]> send(byte[] body, String type, String... headers) {
        Stream<String> all = Stream.concat(
                Stream.of("Authorization", "Bearer " + token("dr-martin", ALICE), "Content-Type", type),
                Stream.of(headers));
        return Scene.http("POST", "", body, all.toArray(String[]::new));
    }

    private static byte[] json(Resource resource) {
        return FHIR.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static org.hl7.fhir.r4.model.Attachment attachment(DocumentReference document) {
        return document.getContentFirstRep().getAttachment();
    }

    private static Patient source(DocumentReference document) {
        return (Patient) document.getContained().stream()
                .filter(Patient.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void status(DocumentReference document, String code) {
        Extension status = source(document).getExtension().stream()
                .flatMap(e -> e.getExtensionsByUrl("identityStatus").stream())
                .findFirst()
                .orElseThrow();
        ((Coding) status.getValue()).setCode(code);
    }

    private static void label(DocumentReference document, String code) {
        document.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, code, null)));
    }
}

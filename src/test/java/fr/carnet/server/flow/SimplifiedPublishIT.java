package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.simplified;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.synthesis;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.ProfileUris;
import fr.carnet.shared.Visibility;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContextComponent;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ITI-105: one DocumentReference with its document inside; lot and Binary are the server's. */
class SimplifiedPublishIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";

    private final Person patient = Scene.patient();
    private final String martin = token("dr-martin", patient);

    private static Attachment attachment(DocumentReference document) {
        return document.getContentFirstRep().getAttachment();
    }

    private static Answer publish(String token, DocumentReference document) {
        return Scene.SERVER.send(token, Call.write("POST", "DocumentReference", document));
    }

    private static String accepted(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(201);
        return answer.created().orElseThrow();
    }

    private static HttpResponse<byte[]> send(String token, DocumentReference document, String type, String... headers) {
        String body = type.equals(JSON)
                ? FHIR.newJsonParser().encodeResourceToString(document)
                : FHIR.newXmlParser().encodeResourceToString(document);
        Stream<String> all =
                Stream.concat(Stream.of("Authorization", "Bearer " + token, "Content-Type", type), Stream.of(headers));
        return Scene.http(
                "POST", "DocumentReference", body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void documentIsAnsweredAsItIsStored() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Document document = document();
        HttpResponse<byte[]> answer = send(martin, simplified(patient, document), JSON);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        DocumentReference stored = FHIR.newJsonParser().parseResource(DocumentReference.class, text(answer));
        assertThat(answer.headers().allValues("Location"))
                .containsExactly(Scene.SERVER.root() + "/fhir/DocumentReference/"
                        + stored.getIdElement().getIdPart() + "/_history/1");
        assertThat(answer.headers().firstValue("ETag")).hasValue("W/\"1\"");
        assertThat(stored.getMeta().getVersionId()).isEqualTo("1");
        assertThat(stored.getMeta().getLastUpdated()).isNotNull();
        assertThat(stored.getMeta().hasProfile(ProfileUris.DOCUMENT_REFERENCE)).isTrue();
        assertThat(stored.getMeta().getProfile()).hasSize(1);
        Attachment attachment = attachment(stored);
        assertThat(attachment.hasData()).isFalse();
        assertThat(attachment.getUrl()).startsWith(Scene.SERVER.root() + "/fhir/Binary/");
        assertThat(attachment.getSize()).isEqualTo(document.content().length);
        assertThat(attachment.getHash()).isEqualTo(Document.sha1(document.content()));
    }

    @Test
    void documentIsFoundWithItsLotAndItsBytes() {
        Document document = document();
        String id = accepted(publish(martin, simplified(patient, document)));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String of = Scene.of(patient);
        assertThat(Scene.found(martin, "DocumentReference?" + of + "&" + Scene.identifier(document.id())))
                .containsExactly(id);
        JsonNode lot = Scene.SERVER
                .send(martin, Call.get("List?status=current&code=submissionset&" + of))
                .matches()
                .toList()
                .get(0);
        assertThat(lot.at("/entry/0/item/reference").asText()).isEqualTo(id);
        assertThat(lot.path("identifier").findValuesAsText("use")).containsExactly("usual", "official");
        assertThat(lot.at("/identifier/0/type/coding/0/code").asText()).isEqualTo("uniqueId");
        assertThat(lot.at("/identifier/0/value").asText()).startsWith("urn:oid:2.25.");
        assertThat(lot.at("/identifier/1/type/coding/0/code").asText()).isEqualTo("entryUUID");
        assertThat(lot.at("/source/reference").asText()).isEqualTo("#source");
        assertThat(lot.at("/meta/profile/0").asText()).isEqualTo(ProfileUris.SUBMISSION_SET);
        assertThat(lot.path("extension").findValuesAsText("url"))
                .containsExactlyInAnyOrder(ProfileUris.DESIGNATION_TYPE, ProfileUris.SOURCE_ID);
        String url = Scene.SERVER
                .send(martin, Call.get(id))
                .json()
                .at("/content/0/attachment/url")
                .asText();
        assertThat(Scene.SERVER.send(martin, Call.get(url, "application/pdf")).body())
                .isEqualTo(document.content());
        assertThat(Scene.SERVER.bean(RegistryRebuild.class).drift((done, total) -> {}))
                .doesNotContain(id.replaceAll(".*/", ""), lot.path("id").asText());
    }

    @Test
    void whoeverIsNotEntitledFindsNeitherDocumentNorLotNorBytes() {
        DocumentReference masked = simplified(patient, document());
        masked.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, Visibility.MASQUE_PS.name(), null)));
        String id = accepted(publish(martin, masked));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        String url = Scene.SERVER
                .send(martin, Call.get(id))
                .json()
                .at("/content/0/attachment/url")
                .asText();
        String leroy = token("dr-leroy", patient);
        String of = Scene.of(patient);
        assertThat(Scene.found(leroy, "DocumentReference?status=current&" + of)).isEmpty();
        assertThat(Scene.found(leroy, "List?status=current&code=submissionset&" + of))
                .isEmpty();
        assertThat(Scene.SERVER.send(leroy, Call.get(id)).status()).isEqualTo(404);
        assertThat(Scene.SERVER.send(leroy, Call.get(url, "*/*")).status()).isEqualTo(404);
        assertThat(Scene.SERVER
                        .send(token("midwife", patient), Call.get(url, "*/*"))
                        .names("R36"))
                .isTrue();
    }

    @Test
    void whoMayNotReadGetsItsLocationAndNoMetadata() {
        HttpResponse<byte[]> answer = send(martin, simplified(patient, document()), JSON);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).isPresent();
        assertThat(text(answer)).contains("OperationOutcome").doesNotContain("masterIdentifier", "attachment");
    }

    @Test
    void xmlIsTakenAndGiven() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        HttpResponse<byte[]> answer = send(martin, simplified(patient, document()), XML, "Accept", XML);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        assertThat(answer.headers().allValues("Location")).hasSize(1);
        DocumentReference stored = FHIR.newXmlParser().parseResource(DocumentReference.class, text(answer));
        assertThat(attachment(stored).getUrl()).contains("/fhir/Binary/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"return=minimal", "return=OperationOutcome", "return=representation"})
    void answerIsWhatThePreferenceAsksFor(String prefer) {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        HttpResponse<byte[]> answer = send(martin, simplified(patient, document()), JSON, "Prefer", prefer);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).isPresent();
        switch (prefer) {
            case "return=minimal" -> assertThat(text(answer)).isEmpty();
            case "return=OperationOutcome" -> assertThat(text(answer)).contains("\"OperationOutcome\"");
            default -> assertThat(text(answer)).contains("\"DocumentReference\"");
        }
    }

    @Test
    void sameDocumentOfTheSameDepositorIsKnownAgain() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        DocumentReference document = simplified(patient, document());
        String id = accepted(publish(martin, document));
        List<Integer> before = stored();
        Answer again = publish(martin, document);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.created()).hasValue(id);
        assertThat(again.json().path("resourceType").asText()).isEqualTo("DocumentReference");
        HttpResponse<byte[]> told = send(martin, document, JSON, "Prefer", "return=OperationOutcome");
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(text(told)).contains("\"R124\"");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void takenIdentifierIsRefusedWithAnotherContentOrOfAnotherDepositor() {
        DocumentReference document = simplified(patient, document());
        accepted(publish(martin, document));
        List<Integer> before = stored();
        DocumentReference other = document.copy();
        attachment(other).setData("%PDF-1.4 other".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(publish(martin, other))).isEqualTo("409 R124");
        assertThat(refusal(publish(token("dr-leroy", patient), document))).isEqualTo("409 R124");
        assertThat(refusal(Scene.post(martin, lotOf(document)))).isEqualTo("409 R124");
        assertThat(stored()).isEqualTo(before);
    }

    private org.hl7.fhir.r4.model.Bundle lotOf(DocumentReference taken) {
        return Scene.edited(
                lot(patient, document()),
                d -> d.setMasterIdentifier(taken.getMasterIdentifier().copy()));
    }

    @Test
    void unchangedDocumentUnderAnotherIdentifierIsRefused() {
        DocumentReference document = simplified(patient, document());
        accepted(publish(martin, document));
        document.getMasterIdentifier().setValue(UniqueId.random().urn());
        assertThat(refusal(publish(martin, document))).isEqualTo("409 R123");
    }

    private static String refusal(Answer answer) {
        assertThat(answer.sentence()).isNotBlank();
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    @Test
    void newVersionSupersedesTheOldOne() {
        String old = accepted(publish(martin, simplified(patient, document())));
        DocumentReference fresh = simplified(patient, document());
        fresh.addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(new Reference(old));
        String id = accepted(publish(martin, fresh));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertThat(Scene.SERVER
                        .send(martin, Call.get(old))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("superseded");
        assertThat(Scene.found(martin, "DocumentReference?status=current&" + Scene.of(patient)))
                .containsExactly(id);
        DocumentReference late = simplified(patient, document());
        late.addRelatesTo().setCode(DocumentRelationshipType.REPLACES).setTarget(new Reference(old));
        assertThat(refusal(publish(martin, late))).isEqualTo("422 R126");
        late.getRelatesToFirstRep().setTarget(new Reference("DocumentReference/nothing"));
        assertThat(refusal(publish(martin, late))).isEqualTo("422 R125");
        late.getRelatesToFirstRep().setTarget(new Reference(id));
        assertThat(refusal(publish(token("dr-leroy", patient), late))).isEqualTo("422 R125");
    }

    static Stream<Arguments> faults() {
        String profile = "pdsm-simplified-publish DocumentReference";
        String attachment = ".content[0].attachment";
        return Stream.of(
                fault(
                        "no data",
                        d -> attachment(d).setData(null),
                        "XDSMissingDocument DocumentReference" + attachment + ".data"),
                fault("url", d -> attachment(d).setUrl("Binary/1"), profile + attachment + ".url"),
                fault(
                        "entryUUID",
                        d -> d.addIdentifier(new Identifier().setSystem("urn:x").setValue("1")),
                        profile + ".identifier"),
                fault(
                        "hash",
                        d -> attachment(d).setHash(new byte[20]),
                        "XDSNonIdenticalHash DocumentReference" + attachment + ".hash"),
                fault(
                        "size",
                        d -> attachment(d).setSize(7),
                        "XDSNonIdenticalSize DocumentReference" + attachment + ".size"),
                fault("custodian", d -> d.setCustodian(null), profile + ".custodian"),
                fault("date", d -> d.setDate(null), profile + ".date"),
                fault("author", d -> d.setAuthor(null), profile + ".author"),
                fault("title", d -> attachment(d).setTitle(null), profile + attachment + ".title"),
                fault("type", d -> d.setType(null), profile + ".type"),
                fault("subject", d -> d.setSubject(null), profile + ".subject"),
                fault("content", d -> d.setContent(null), profile + ".content"),
                fault(
                        "author elsewhere",
                        d -> d.getAuthorFirstRep().setReference("PractitionerRole/1"),
                        profile + ".author[0]"),
                fault(
                        "class",
                        d -> d.getCategoryFirstRep().getCodingFirstRep().setCode("11"),
                        "R120 DocumentReference.category[0]"),
                fault(
                        "label",
                        d -> d.addSecurityLabel(new CodeableConcept(new Coding(Visibility.SYSTEM, "MASQUE_PT", null))),
                        "R100 DocumentReference.securityLabel"),
                fault(
                        "appends",
                        d -> d.addRelatesTo()
                                .setCode(DocumentRelationshipType.APPENDS)
                                .setTarget(new Reference("DocumentReference/1")),
                        "constr-bind-relatesTo DocumentReference.relatesTo[0].code"),
                fault(
                        "other trait",
                        d -> source(d).getNameFirstRep().setFamily("MOREL"),
                        "R8 DocumentReference.context.sourcePatientInfo"),
                fault(
                        "unreadable CDA",
                        d -> attachment(d)
                                .setContentType("text/xml")
                                .setData("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>"
                                        .getBytes(StandardCharsets.UTF_8)),
                        "cda-header DocumentReference" + attachment + ".data"));
    }

    private static Arguments fault(String name, Consumer<DocumentReference> edit, String... expected) {
        return arguments(name, edit, List.of(expected));
    }

    private static Patient source(DocumentReference document) {
        return (Patient) document.getContained().stream()
                .filter(Patient.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultyDocumentIsRefusedByElementAndRule(String name, Consumer<DocumentReference> edit, List<String> expected) {
        DocumentReference document = simplified(patient, document());
        edit.accept(document);
        List<Integer> before = stored();
        Answer answer = publish(martin, Scene.pruned(document));
        assertThat(issues(answer).stream().filter(i -> i.startsWith("error")).map(i -> i.substring(6)))
                .containsExactlyElementsOf(expected);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.sentence()).isNotBlank();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void policyOfALotHolds() {
        List<Integer> before = stored();
        Person stranger = Scene.stranger();
        assertThat(refusal(publish(token("dr-martin", stranger), simplified(stranger, document()))))
                .isEqualTo("404 R13");
        Document.Kind reimbursements = ProvideBundleIT.kind(CodeSystems.TRE_A05, "REMB", "60");
        assertThat(refusal(publish(martin, simplified(patient, document(reimbursements)))))
                .isEqualTo("403 R134");
        Document.Kind holders = ProvideBundleIT.kind(CodeSystems.TRE_A05, "DOCPAT01", "11");
        assertThat(refusal(publish(martin, simplified(patient, document(holders)))))
                .isEqualTo("403 R135");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void subjectIsNamedByIdByIdentifierOrContained() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        DocumentReference byQuery = simplified(patient, document());
        String literal =
                publish(martin, byQuery).json().at("/subject/reference").asText();
        assertThat(literal).startsWith("Patient/");
        DocumentReference byId = simplified(patient, document());
        byId.setSubject(new Reference(literal));
        accepted(publish(martin, byId));
        DocumentReference byIdentifier = simplified(patient, document());
        byIdentifier.setSubject(new Reference().setIdentifier(patient.identifier()));
        accepted(publish(martin, byIdentifier));
        DocumentReference contained = simplified(patient, document());
        contained.setSubject(new Reference("#patient")).getContext().setSourcePatientInfo(null);
        Answer answer = publish(martin, contained);
        accepted(answer);
        assertThat(answer.json().at("/subject/reference").asText()).isEqualTo(literal);
        assertThat(answer.json().at("/context/sourcePatientInfo/reference").asText())
                .isEqualTo("#patient");
        DocumentReference another = simplified(patient, document());
        another.setSubject(new Reference("#patient"));
        source(another).getNameFirstRep().setFamily("AUTRE");
        assertThat(refusal(publish(martin, another))).isEqualTo("422 R8");
    }

    @Test
    void whatTheHeaderOfACdaSaysNeedsNotBeSaidAgain() {
        String consent = Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        DocumentReference document = simplified(ALICE, synthesis());
        document.setContext(new DocumentReferenceContextComponent());
        document.getCategory().clear();
        document.getSecurityLabel().clear();
        document.getContentFirstRep().setFormat(null);
        attachment(document).setLanguage(null).setCreation(null);
        Answer answer = publish(token("dr-martin", ALICE), Scene.pruned(document));
        accepted(answer);
        JsonNode stored = answer.json();
        assertThat(stored.at("/meta/profile/0").asText()).isEqualTo(ProfileUris.DOCUMENT_REFERENCE);
        assertThat(stored.at("/category/0/coding/0/code").asText()).isEqualTo("11");
        assertThat(stored.at("/securityLabel/0/coding/0/code").asText()).isEqualTo("N");
        assertThat(stored.at("/content/0/format/code").asText()).isNotBlank();
        assertThat(stored.at("/context/facilityType/coding/0/code").asText()).isNotBlank();
        assertThat(stored.at("/context/period/start").asText()).isNotBlank();
        Scene.SERVER.send(token("dr-martin", ALICE), Choices.ending(consent));
    }

    @Test
    void whatSaysTooLittleClaimsNoProfile() {
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        DocumentReference document = simplified(patient, document());
        document.getMeta().getProfile().clear();
        document.setContext(new DocumentReferenceContextComponent());
        document.setCustodian(null).setDate(null).getSecurityLabel().clear();
        document.getCategory().clear();
        document.getContentFirstRep().setFormat(null);
        attachment(document).setLanguage(null).setCreation(null).setTitle(null);
        Answer answer = publish(martin, Scene.pruned(document));
        accepted(answer);
        JsonNode stored = answer.json();
        assertThat(stored.at("/meta/profile").isMissingNode()).isTrue();
        assertThat(stored.at("/category/0/coding/0/code").asText()).isEqualTo("10");
        assertThat(stored.at("/securityLabel/0/coding/0/code").asText()).isEqualTo("N");
        assertThat(stored.at("/custodian/identifier/value").asText()).isEqualTo("399999001300016");
        assertThat(stored.path("date").asText()).isNotBlank();
    }

    @Test
    void publicationIsTracedAsSuch() {
        String id = accepted(publish(martin, simplified(patient, document())));
        Answer traces = Scene.SERVER.send(
                Scene.SERVER.token("auditor"), Call.get("AuditEvent?" + Scene.of(patient) + "&_count=20"));
        JsonNode trace = traces.matches()
                .filter(t -> t.toString().contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(trace.findValuesAsText("code")).contains("ITI-105");
        assertThat(trace.path("action").asText()).isEqualTo("C");
    }

    @Test
    void conditionalCreationAndParametersAreRefused() {
        DocumentReference document = simplified(patient, document());
        assertThat(send(martin, document, JSON, "If-None-Exist", "identifier=1").statusCode())
                .isEqualTo(405);
        Answer parameter = Scene.SERVER.send(martin, Call.write("POST", "DocumentReference?x=1", document));
        assertThat(parameter.status()).isEqualTo(400);
        Answer wrong = Scene.SERVER.send(martin, Call.write("POST", "DocumentReference", new OperationOutcome()));
        assertThat(wrong.status()).isEqualTo(400);
    }
}

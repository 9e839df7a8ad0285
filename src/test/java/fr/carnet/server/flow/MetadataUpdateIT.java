package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.BRUNO;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.Visibility;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata update by PATCH: masks, archive, announcement and deletion; the effect is judged, whatever the form. */
class MetadataUpdateIT {

    private static final String PDSM = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";
    private static final String ARCHIVED = PDSM + "pdsm-ext-is-archived";
    private static final String DELETED = PDSM + "pdsm-ext-is-deleted";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String NORMAL = "{\"coding\":[{\"system\":\"" + Visibility.SYSTEM + "\",\"code\":\"N\"}]}";

    /** FHIRPath Patch that adds the extension. */
    static Call archiving(String document, boolean archived) {
        var patch = new Parameters();
        var operation = operation(patch, "add", "DocumentReference");
        operation.addPart().setName("name").setValue(new StringType("extension"));
        var value = operation.addPart().setName("value");
        value.addPart().setName("url").setValue(new UriType(ARCHIVED));
        value.addPart().setName("valueBoolean").setValue(new BooleanType(archived));
        return Call.write("PATCH", document, patch);
    }

    /** FHIRPath Patch that replaces the extension's value. */
    static Call rearchiving(String document, boolean archived) {
        var patch = new Parameters();
        operation(patch, "replace", "DocumentReference.extension.where(url='" + ARCHIVED + "').value")
                .addPart()
                .setName("value")
                .setValue(new BooleanType(archived));
        return Call.write("PATCH", document, patch);
    }

    private static Call masking(String document) {
        var patch = new Parameters();
        var operation = operation(patch, "add", "DocumentReference");
        operation.addPart().setName("name").setValue(new StringType("securityLabel"));
        operation
                .addPart()
                .setName("value")
                .setValue(new CodeableConcept(new Coding(Visibility.SYSTEM, "MASQUE_PS", null)));
        return Call.write("PATCH", document, patch);
    }

    private static Call deleting(String document) {
        return json(
                document,
                "{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":\"" + DELETED
                        + "\",\"valueBoolean\":true}]}",
                "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"superseded\"}");
    }

    private static ParametersParameterComponent operation(Parameters patch, String type, String path) {
        var operation = patch.addParameter().setName("operation");
        operation.addPart().setName("type").setValue(new CodeType(type));
        operation.addPart().setName("path").setValue((Type) new StringType(path));
        return operation;
    }

    private static Call json(String document, String... operations) {
        byte[] body = ("[" + String.join(",", operations) + "]").getBytes(StandardCharsets.UTF_8);
        return Call.write("PATCH", document, JSON_PATCH, body);
    }

    private static Answer send(String token, Call call) {
        return Scene.SERVER.send(token, call);
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.sentence()).isNotBlank();
    }

    @Test
    void holderMasksAndUnmasks() {
        String document = published(ALICE, document());
        String alice = token("alice", ALICE);
        Answer masked = send(alice, masking(document));
        assertDone(masked);
        assertThat(masked.json().at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(masked.json().path("securityLabel").toString())
                .contains("MASQUE_PS")
                .contains("\"N\"");
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        assertRefused(send(token("dr-martin", ALICE), Choices.unmasking(document)), 403, "R131");
        Answer unmasked = send(alice, Choices.unmasking(document));
        assertDone(unmasked);
        assertThat(unmasked.json().path("securityLabel").toString()).doesNotContain("MASQUE_PS");
    }

    @Test
    void authorMasksAndUnmasksAtThePatientsRequest() {
        Person patient = Scene.patient();
        String document = published("dr-leroy", patient, lot(patient, Scene.LEROY, document()));
        assertDone(send(token("dr-leroy", patient), Choices.masking(document)));
        assertDone(send(token("dr-leroy", patient), Choices.unmasking(document)));
    }

    @Test
    void treatingPhysicianMasksAndNobodyElse() {
        Person patient = Scene.patient();
        String document = published("dr-leroy", patient, lot(patient, Scene.LEROY, document()));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertDone(send(token("dr-martin", patient), Choices.masking(document)));
        assertDone(send(token("dr-martin", patient), Choices.unmasking(document)));
        Scene.authorise("midwife", "899700100078", patient);
        assertRefused(send(token("midwife", patient), Choices.masking(document)), 403, "R131");
    }

    @Test
    void strangersLearnNothing() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        assertRefused(send(token("dr-leroy", patient), Choices.masking(document)), 403, "R36");
        assertRefused(send(token("dr-leroy", patient), Choices.masking("DocumentReference/nothing")), 403, "R36");
        assertRefused(send(Scene.SERVER.token("dr-leroy"), Choices.masking(document)), 404, "not-found");
    }

    @Test
    void documentIsNamedByItsIdentifier() {
        Document document = document();
        published(ALICE, document);
        String conditional = "DocumentReference?" + Scene.identifier(document.id());
        Answer masked = send(token("alice", ALICE), Choices.masking(conditional));
        assertDone(masked);
        assertThat(masked.json().at("/masterIdentifier/value").asText())
                .isEqualTo(document.id().urn());
        assertRefused(
                send(
                        token("alice", ALICE),
                        Choices.masking("DocumentReference?"
                                + Scene.identifier(document().id()))),
                404,
                "not-found");
    }

    @Test
    void versionOfTheRequestMustBeTheCurrentOne() {
        String document = published(ALICE, document());
        assertThat(patch(document, "W/\"1\"").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> late = patch(document, "W/\"1\"");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(new String(late.body(), StandardCharsets.UTF_8)).contains("version-mismatch");
    }

    private static HttpResponse<byte[]> patch(String document, String version) {
        return Scene.http(
                "PATCH",
                document,
                ("[{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":" + NORMAL.replace("\"N\"", "\"MASQUE_PS\"")
                                + "}]")
                        .getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + token("alice", ALICE),
                "Content-Type",
                JSON_PATCH,
                "If-Match",
                version);
    }

    @Test
    void xmlPatchIsTaken() {
        String document = published(ALICE, document());
        String xml =
                "<diff xmlns:fhir=\"http://hl7.org/fhir\"><add sel=\"fhir:DocumentReference/fhir:securityLabel[1]\""
                        + " pos=\"after\"><securityLabel xmlns=\"http://hl7.org/fhir\"><coding><system value=\""
                        + Visibility.SYSTEM
                        + "\"/><code value=\"MASQUE_PS\"/></coding></securityLabel></add></diff>";
        Answer masked = send(
                token("alice", ALICE),
                Call.write("PATCH", document, "application/xml-patch+xml", xml.getBytes(StandardCharsets.UTF_8)));
        assertDone(masked);
        assertThat(masked.json().path("securityLabel").toString())
                .contains("MASQUE_PS")
                .contains("\"N\"");
    }

    @Test
    void fhirPathPatchIsTakenAsXml() {
        String document = published(ALICE, document());
        var patch = new Parameters();
        var operation = operation(patch, "add", "DocumentReference");
        operation.addPart().setName("name").setValue(new StringType("securityLabel"));
        operation
                .addPart()
                .setName("value")
                .setValue(new CodeableConcept(new Coding(Visibility.SYSTEM, "MASQUE_PS", null)));
        String xml = FhirContext.forR4Cached().newXmlParser().encodeResourceToString(patch);
        assertDone(send(
                token("alice", ALICE),
                Call.write("PATCH", document, "application/fhir+xml", xml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anotherFormatIsRefused() {
        String document = published(ALICE, document());
        Answer answer = send(
                token("alice", ALICE),
                Call.write("PATCH", document, "text/plain", "mask it".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {Visibility.SYSTEM, "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"})
    void formOfTheDmpSetsAndLiftsTheMaskAndIsWarnedOf(String system) {
        String document = published(ALICE, document());
        String alice = token("alice", ALICE);
        assertWarned(send(alice, firstLabel(document, Visibility.SYSTEM, "MASQUE_PS")));
        assertThat(labels(alice, document)).containsExactlyInAnyOrder("N", "MASQUE_PS");
        Scene.authorise("dr-martin", Scene.DR_MARTIN, ALICE);
        assertRefused(send(token("dr-martin", ALICE), firstLabel(document, system, "N")), 403, "R131");
        assertWarned(send(alice, firstLabel(document, system, "N")));
        assertThat(labels(alice, document)).containsExactly("N");
    }

    private static Call firstLabel(String document, String system, String code) {
        return json(
                document,
                "{\"op\":\"replace\",\"path\":\"/securityLabel/0\",\"value\":{\"coding\":[{\"system\":\"" + system
                        + "\",\"code\":\"" + code + "\"}]}}");
    }

    private static void assertWarned(Answer answer) {
        assertDone(answer);
        assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(answer.codes()).containsExactly("dmp-label-form");
        assertThat(answer.sentence()).isNotBlank();
    }

    private static List<String> labels(String token, String document) {
        return send(token, Call.get(document)).json().path("securityLabel").findValuesAsText("code");
    }

    @Test
    void formOfTheDmpWithoutAMaskChangesNothing() {
        String document = published(ALICE, document());
        String alice = token("alice", ALICE);
        assertDone(send(alice, firstLabel(document, Visibility.SYSTEM, "N")));
        assertThat(labels(alice, document)).containsExactly("N");
        String restricted =
                published("dr-martin", ALICE, edited(lot(ALICE, document()), d -> d.getSecurityLabelFirstRep()
                        .getCodingFirstRep()
                        .setCode("R")));
        assertRefused(
                send(alice, firstLabel(restricted, "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N")),
                422,
                "confidentiality-lost");
        assertThat(labels(alice, restricted)).containsExactly("R");
    }

    @Test
    void formOfTheDmpShowsToTheHolder() {
        String hidden = published(
                "dr-martin",
                ALICE,
                edited(
                        lot(ALICE, document()),
                        d -> d.addSecurityLabel(
                                new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)))));
        assertRefused(send(token("alice", ALICE), firstLabel(hidden, Visibility.SYSTEM, "N")), 404, "not-found");
        assertWarned(send(token("dr-martin", ALICE), firstLabel(hidden, Visibility.SYSTEM, "N")));
        assertThat(send(token("alice", ALICE), Call.get(hidden)).status()).isEqualTo(200);
    }

    @Test
    void confidentialityIsNotLost() {
        String document = published(ALICE, document());
        assertRefused(
                send(token("alice", ALICE), json(document, "{\"op\":\"remove\",\"path\":\"/securityLabel/0\"}")),
                422,
                "confidentiality-lost");
    }

    @Test
    void nothingElseIsChangedAndOnlyOneThing() {
        String document = published(ALICE, document());
        String alice = token("alice", ALICE);
        Map<String, String> others = Map.of(
                "description", "{\"op\":\"add\",\"path\":\"/description\",\"value\":\"x\"}",
                "status", "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"superseded\"}",
                "type", "{\"op\":\"replace\",\"path\":\"/type/coding/0/code\",\"value\":\"11490-0\"}");
        others.forEach((name, change) -> assertRefused(send(alice, json(document, change)), 405, "patch-not-allowed"));
        String mask = "{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":"
                + NORMAL.replace("\"N\"", "\"MASQUE_PS\"") + "}";
        String archive = "{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":\"" + ARCHIVED
                + "\",\"valueBoolean\":true}]}";
        assertRefused(send(alice, json(document, mask, archive)), 405, "patch-one-change");
        assertRefused(
                send(alice, json(document, "{\"op\":\"remove\",\"path\":\"/nowhere\"}")), 422, "patch-does-not-fit");
        String reserved = mask.replace("MASQUE_PS", "MASQUE_PT");
        assertRefused(send(alice, json(document, reserved)), 422, "R100");
        assertThat(send(alice, Call.get(document)).json().at("/meta/versionId").asText())
                .isEqualTo("1");
    }

    @Test
    void authorArchivesAndUnarchives() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String martin = token("dr-martin", patient);
        String document = published(patient, document());
        assertDone(send(martin, archiving(document, true)));
        assertThat(Scene.found(martin, "DocumentReference?status=current&isArchived=true&" + Scene.of(patient)))
                .containsExactly(document);
        assertRefused(send(martin, archiving(document, false)), 422, "patch-does-not-fit");
        assertDone(send(martin, rearchiving(document, false)));
        assertThat(Scene.found(martin, "DocumentReference?status=current&isArchived=false&" + Scene.of(patient)))
                .containsExactly(document);
    }

    @Test
    void onlyTheAuthorArchives() {
        Person patient = Scene.patient();
        String document = published("dr-leroy", patient, lot(patient, Scene.LEROY, document()));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertRefused(send(token("dr-martin", patient), archiving(document, true)), 403, "R127");
        assertRefused(send(token("midwife", patient), archiving(document, true)), 403, "R36");
        assertDone(send(token("dr-leroy", patient), archiving(document, true)));
        assertRefused(send(token("dr-martin", patient), rearchiving(document, false)), 403, "R127");
    }

    @Test
    void archivedLotIsFoundAsSuchAndNotChanged() {
        Person patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        String martin = token("dr-martin", patient);
        Bundle bundle = lot(patient, document());
        Scene.set(bundle).addExtension(ARCHIVED, new BooleanType(true));
        String archived =
                Scene.post(martin, bundle).createdInTransaction().findFirst().orElseThrow();
        String other = Scene.post(martin, lot(patient, document()))
                .createdInTransaction()
                .findFirst()
                .orElseThrow();
        String search = "List?status=current&code=submissionset&" + Scene.of(patient);
        assertThat(Scene.found(martin, search)).containsExactlyInAnyOrder(archived, other);
        assertThat(Scene.found(martin, search + "&isArchived=true")).containsExactly(archived);
        assertThat(Scene.found(martin, search + "&isArchived=false")).containsExactly(other);
        assertThat(send(martin, rearchiving(archived, false)).status()).isEqualTo(405);
        assertThat(Scene.found(martin, search + "&isArchived=true")).containsExactly(archived);
    }

    @Test
    void announcedDocumentIsShownForGood() {
        Document document = document();
        String hidden = published(
                "dr-martin",
                ALICE,
                edited(
                        lot(ALICE, document),
                        d -> d.addSecurityLabel(
                                new CodeableConcept(new Coding(Visibility.SYSTEM, "INVISIBLE_PATIENT", null)))));
        String alice = token("alice", ALICE);
        assertRefused(send(alice, Call.get(hidden)), 404, "not-found");
        assertDone(send(token("dr-martin", ALICE), Choices.unmasking(hidden)));
        assertThat(send(alice, Call.get(hidden)).status()).isEqualTo(200);
        String again = "{\"op\":\"add\",\"path\":\"/securityLabel/-\",\"value\":"
                + NORMAL.replace("\"N\"", "\"INVISIBLE_PATIENT\"") + "}";
        assertRefused(send(token("dr-martin", ALICE), json(hidden, again)), 422, "R116");
    }

    @Test
    void authorDeletesWithAllThatHeReplacedAndNobodyFindsItAgain() {
        Person patient = Scene.patient();
        String first = published(patient, document());
        String second = published("dr-martin", patient, replacing(first, lot(patient, document())));
        Document latest = document();
        var bundle = replacing(second, lot(patient, latest));
        List<String> created = Scene.post(token("dr-martin", patient), bundle)
                .createdInTransaction()
                .toList();
        String martin = token("dr-martin", patient);
        assertRefused(send(martin, deleting(first)), 422, "deletion-superseded");
        Answer deleted = send(martin, deleting(created.get(1)));
        assertDone(deleted);
        assertThat(deleted.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        for (String gone : List.of(first, second, created.get(1), created.get(2), created.get(0))) {
            assertThat(send(martin, Call.get(gone, "application/fhir+json")).status())
                    .as(gone)
                    .isEqualTo(404);
        }
        assertThat(Scene.found(martin, "DocumentReference?status=current,superseded&" + Scene.of(patient)))
                .isEmpty();
        assertThat(Scene.found(martin, "DocumentReference?" + Scene.identifier(latest.id()) + "&" + Scene.of(patient)))
                .isEmpty();
        assertRefused(send(martin, Choices.masking(created.get(1))), 404, "not-found");
        assertRefused(send(martin, deleting(created.get(1))), 404, "not-found");
        Answer replacement = Scene.post(martin, replacing(created.get(1), lot(patient, document())));
        assertThat(replacement.status()).isEqualTo(422);
    }

    @Test
    void deletionIsAlsoTakenInTheFormOfTheDmp() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        assertDone(send(
                token("dr-martin", patient),
                json(document, "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"entered-in-error\"}")));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        assertRefused(send(token("dr-martin", patient), Call.get(document)), 404, "not-found");
    }

    @Test
    void halfADeletionIsRefused() {
        Person patient = Scene.patient();
        String document = published(patient, document());
        String flag = "{\"op\":\"add\",\"path\":\"/extension\",\"value\":[{\"url\":\"" + DELETED
                + "\",\"valueBoolean\":true}]}";
        assertRefused(send(token("dr-martin", patient), json(document, flag)), 422, "deletion-incomplete");
    }

    @Test
    void onlyTheAuthorDeletes() {
        String document = published(ALICE, document());
        assertRefused(send(token("alice", ALICE), deleting(document)), 403, "R136");
        Person patient = Scene.patient();
        String other = published(patient, document());
        Scene.authorise("dr-leroy", Scene.DR_LEROY, patient);
        assertRefused(send(token("dr-leroy", patient), deleting(other)), 403, "R127");
    }

    @Test
    void holderMasksOnlyOnceHisSpaceIsActivated() {
        String document = published(BRUNO, document());
        assertRefused(send(token("bruno", BRUNO), Choices.masking(document)), 403, "R18");
    }
}

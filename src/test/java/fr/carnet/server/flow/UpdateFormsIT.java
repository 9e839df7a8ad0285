package fr.carnet.server.flow;

import static fr.carnet.server.flow.Patches.Change.ARCHIVE;
import static fr.carnet.server.flow.Patches.Change.DELETE;
import static fr.carnet.server.flow.Patches.Change.DELETE_AS_DMP;
import static fr.carnet.server.flow.Patches.Change.MASK;
import static fr.carnet.server.flow.Patches.Change.UNARCHIVE;
import static fr.carnet.server.flow.Patches.Change.UNMASK;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.edited;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.replacing;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.flow.Patches.Change;
import fr.carnet.server.flow.Patches.Format;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Visibility;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change in every format, by id and by identifier: the same effect, the same refusals; and what no patch may do. */
class UpdateFormsIT {

    private static Person patient;
    private static String martin;
    private static String authorised;

    @BeforeAll
    static void people() {
        patient = Scene.patient();
        authorised = Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        martin = token("dr-martin", patient);
    }

    static Stream<Arguments> forms() {
        return Stream.of(Format.values())
                .flatMap(format -> Stream.of(Arguments.of(format, true), Arguments.of(format, false)));
    }

    private static Answer send(Call call) {
        return Scene.SERVER.send(martin, call);
    }

    /** The document by its uniqueId, or by its id. */
    private static String named(Document document, String id, boolean byIdentifier) {
        return byIdentifier ? "DocumentReference?" + Scene.identifier(document.id()) : id;
    }

    private static void assertDone(Answer answer, int version) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(200);
        assertThat(answer.json().path("resourceType").asText()).isEqualTo("DocumentReference");
        assertThat(answer.json().at("/meta/versionId").asInt()).isEqualTo(version);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.sentence()).isNotBlank();
    }

    private static List<String> labels(Answer answer) {
        return answer.json().path("securityLabel").findValuesAsText("code");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormatMasksArchivesAndTakesBack(Format format, boolean byIdentifier) {
        Document document = document();
        String target = named(document, published(patient, document), byIdentifier);
        Answer masked = send(Patches.call(format, MASK, target));
        assertDone(masked, 2);
        assertThat(labels(masked)).containsExactly("N", "MASQUE_PS");
        Answer shown = send(Patches.call(format, UNMASK, target));
        assertDone(shown, 3);
        assertThat(labels(shown)).containsExactly("N");
        Answer archived = send(Patches.call(format, ARCHIVE, target));
        assertDone(archived, 4);
        assertThat(archived.json().at("/extension/0/valueBoolean").asBoolean()).isTrue();
        Answer back = send(Patches.call(format, UNARCHIVE, target));
        assertDone(back, 5);
        assertThat(back.json().at("/extension/0/valueBoolean").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormatDeletesInBothForms(Format format, boolean byIdentifier) {
        for (Change deletion : List.of(DELETE, DELETE_AS_DMP)) {
            Document document = document();
            String id = published(patient, document);
            Answer deleted = send(Patches.call(format, deletion, named(document, id, byIdentifier)));
            assertThat(deleted.status()).as(issues(deleted).toString()).isEqualTo(200);
            assertThat(deleted.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
            assertThat(deleted.codes()).containsExactly("deleted");
            assertRefused(send(Call.get(id)), 404, "not-found");
            assertRefused(send(Patches.call(format, MASK, named(document, id, byIdentifier))), 404, "not-found");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormatIsRefusedAlike(Format format, boolean byIdentifier) {
        Document document = document();
        String id = published(patient, document);
        String target = named(document, id, byIdentifier);
        assertRefused(send(Patches.call(format, Change.DESCRIBE, target)), 405, "patch-not-allowed");
        assertRefused(send(Patches.call(format, Change.HALF_DELETE, target)), 422, "deletion-incomplete");
        assertRefused(send(Patches.call(format, Change.LOSE_CONFIDENTIALITY, target)), 422, "confidentiality-lost");
        assertRefused(send(Patches.call(format, UNARCHIVE, target)), 422, "patch-does-not-fit");
        assertRefused(Scene.SERVER.send(token("dr-leroy", patient), Patches.call(format, MASK, target)), 403, "R36");
        assertThat(send(Call.get(id)).json().at("/meta/versionId").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatIsNoPatchIsUnreadable(Format format) {
        String id = published(patient, document());
        Answer answer = send(Patches.of(format, id, "{\"x\":"));
        assertThat(answer.status()).as(issues(answer).toString()).isEqualTo(400);
        assertThat(answer.sentence()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"add\",\"path\":\"/securityLabel/-\"}",
                "[{\"path\":\"/status\"}]",
                "[\"remove\"]",
                "[{\"op\":7,\"path\":\"/status\"}]",
                "null"
            })
    void jsonThatIsNoPatchIsUnreadable(String body) {
        String id = published(patient, document());
        assertRefused(send(Patches.of(Format.JSON_PATCH, id, body)), 400, "patch-unreadable");
    }

    @Test
    void nothingIsFetchedAndNothingMultiplied() {
        String id = published(patient, document());
        String entity = "<!DOCTYPE diff [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + Patches.diff("<replace sel=\"fhir:DocumentReference/fhir:status/@value\">&e;</replace>");
        assertRefused(send(Patches.of(Format.XML_PATCH, id, entity)), 400, "patch-unreadable");
        String copies = "[{\"op\":\"copy\",\"from\":\"/contained\",\"path\":\"/contained/-\"}]";
        assertRefused(send(Patches.of(Format.JSON_PATCH, id, copies)), 405, "patch-not-allowed");
        String tests = Stream.generate(() -> "{\"op\":\"test\",\"path\":\"/status\",\"value\":\"current\"}")
                .limit(21)
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
        assertRefused(send(Patches.of(Format.JSON_PATCH, id, tests)), 413, "patch-too-many-operations");
        String endless = "[{\"op\":\"add\",\"path\":\"/description\",\"value\":\"" + "x".repeat(70_000) + "\"}]";
        assertRefused(send(Patches.of(Format.JSON_PATCH, id, endless)), 413, "patch-too-large");
        String searching = Patches.diff("<remove sel=\"//*[//*[//*]]\"/>");
        assertRefused(send(Patches.of(Format.XML_PATCH, id, searching)), 422, "patch-does-not-fit");
        assertThat(send(Call.get(id)).json().at("/meta/versionId").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DocumentReference.descendants().where(descendants().exists())",
                "DocumentReference.repeat(children())",
                "%resource.status"
            })
    void fhirPathThatSearchesIsRefused(String path) {
        String id = published(patient, document());
        var patch = new org.hl7.fhir.r4.model.Parameters();
        Patches.operation(patch, "delete", path);
        assertRefused(send(Call.write("PATCH", id, patch)), 422, "patch-does-not-fit");
    }

    /** What is cut out of the document that he reads is not there for a patch either. */
    @Test
    void patchAsksNothingOfARelationThatIsHidden() {
        Person other = Scene.patient();
        String hidden = published("dr-leroy", other, lot(other, Scene.LEROY, document()));
        String leroy = token("dr-leroy", other);
        Scene.authorise("dr-leroy", Scene.DR_LEROY, other);
        Scene.authorise("midwife", "899700100078", other);
        String midwife = token("midwife", other);
        String related = published("dr-leroy", other, edited(lot(other, Scene.LEROY, document()), d -> d.addRelatesTo()
                .setCode(DocumentRelationshipType.APPENDS)
                .setTarget(new Reference(hidden))));
        assertThat(Scene.SERVER
                        .send(leroy, Patches.call(Format.JSON_PATCH, MASK, hidden))
                        .status())
                .isEqualTo(200);
        String guess = "[{\"op\":\"test\",\"path\":\"/relatesTo/0/target/reference\",\"value\":\"" + hidden + "\"}]";
        assertRefused(
                Scene.SERVER.send(midwife, Patches.of(Format.JSON_PATCH, related, guess)), 422, "patch-does-not-fit");
        assertThat(Scene.SERVER
                        .send(leroy, Patches.of(Format.JSON_PATCH, related, guess))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wordsOfIfMatchAreRead() {
        String id = published(patient, document());
        assertThat(ifMatch(id, "W/\"7\"")).isEqualTo(412);
        assertThat(ifMatch(id, "W/\"seven\"")).isEqualTo(412);
        assertThat(ifMatch(id, "*")).isEqualTo(200);
        assertThat(ifMatch(id, "W/\"1\", W/\"2\"")).isEqualTo(200);
        assertThat(ifMatch(id, "\"3\"")).isEqualTo(200);
    }

    private static int ifMatch(String id, String header) {
        int version = send(Call.get(id)).json().at("/meta/versionId").asInt();
        String change = version % 2 == 1
                ? "[{\"op\":\"add\",\"path\":\"/securityLabel/1\",\"value\":{\"coding\":[{\"system\":\""
                        + Visibility.SYSTEM + "\",\"code\":\"MASQUE_PS\"}]}}]"
                : "[{\"op\":\"remove\",\"path\":\"/securityLabel/1\"}]";
        HttpResponse<byte[]> answer = Scene.http(
                "PATCH",
                id,
                change.getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/json-patch+json",
                "If-Match",
                header);
        return answer.statusCode();
    }

    @Test
    void identifierOfTwoDocumentsIsAmbiguous() {
        Identifier shared =
                new Identifier().setSystem(CodeSystems.URI).setValue("urn:uuid:" + java.util.UUID.randomUUID());
        for (int i = 0; i < 2; i++) {
            published("dr-martin", patient, edited(lot(patient, document()), d -> d.addIdentifier(shared.copy())));
        }
        String both = "DocumentReference?identifier=" + Call.escaped(CodeSystems.URI + "|" + shared.getValue());
        assertRefused(send(Patches.call(Format.JSON_PATCH, MASK, both)), 412, "identifier-ambiguous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void otherWaysOfUpdatingAreRefusedWithTheRightOne(String verb) {
        Document document = document();
        String id = published(patient, document);
        for (String target : List.of(id, "DocumentReference?" + Scene.identifier(document.id()))) {
            byte[] body = verb.equals("PUT")
                    ? "{\"resourceType\":\"DocumentReference\"}".getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            assertRefused(send(Call.write(verb, target, "application/fhir+json", body)), 405, "update-by-patch");
        }
        assertThat(send(Call.get(id)).json().at("/meta/versionId").asInt()).isEqualTo(1);
    }

    @Test
    void archivedDocumentIsDeletedAndArchivedNoMore() {
        String id = published(patient, document());
        assertThat(send(Patches.call(Format.JSON_PATCH, ARCHIVE, id)).status()).isEqualTo(200);
        String all = "[{\"op\":\"replace\",\"path\":\"/extension/0/valueBoolean\",\"value\":false},"
                + "{\"op\":\"add\",\"path\":\"/extension/-\",\"value\":{\"url\":\""
                + fr.carnet.shared.ProfileUris.IS_DELETED + "\",\"valueBoolean\":true}},"
                + "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"superseded\"}]";
        Answer deleted = send(Patches.of(Format.JSON_PATCH, id, all));
        assertThat(deleted.status()).as(issues(deleted).toString()).isEqualTo(200);
        assertThat(Scene.SERVER
                        .bean(DSLContext.class)
                        .fetchSingle(
                                "select archived, deleted, status from carnet.registry where id = ?",
                                id.replaceAll(".*/", ""))
                        .valuesRow()
                        .toString())
                .contains("false")
                .contains("true")
                .contains("superseded");
    }

    /** What the patch does is what the trace tells. */
    @Test
    void traceTellsTheChange() {
        String id = published(patient, document());
        send(Patches.call(Format.FHIRPATH_JSON, ARCHIVE, id));
        assertThat(Scene.SERVER
                        .bean(DSLContext.class)
                        .fetchValue("select action from carnet.trace order by seq desc limit 1"))
                .isEqualTo("ARCHIVE");
    }

    @Test
    void newVersionOfAnArchivedDocumentIsArchived() {
        String first = published(patient, document());
        send(Patches.call(Format.JSON_PATCH, ARCHIVE, first));
        String second = published("dr-martin", patient, replacing(first, lot(patient, document())));
        assertThat(send(Call.get(second)).json().at("/extension/0/valueBoolean").asBoolean())
                .isTrue();
        assertThat(authorised).isNotBlank();
    }
}

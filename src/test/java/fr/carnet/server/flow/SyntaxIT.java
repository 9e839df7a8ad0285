package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.lot;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.RunningServer;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.flow.Patches.Change;
import fr.carnet.server.flow.Patches.Format;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a sender writes is dropped in silence: whatever FHIR R4 does not have is refused, on every write. */
class SyntaxIT {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FHIR_JSON = "application/fhir+json";
    private static final String FHIR_XML = "application/fhir+xml";

    private static Person patient;
    private static String martin;
    private static String operator;

    @BeforeAll
    static void people() {
        patient = Scene.patient();
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        martin = token("dr-martin", patient);
        operator = RunningServer.get().token("operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "lenient"})
    void aMisspeltSecurityLabelIsRefusedAtEveryLevel(String level) throws IOException {
        String lot = json(lot(patient, document())).replace("\"securityLabel\"", "\"securityLable\"");
        List<Integer> before = Scene.stored();

        var answer = send(martin, "POST", "", FHIR_JSON, lot, "Prefer", "handling=" + level);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(told(answer)).containsExactly("unknown-element Bundle.entry[1].resource.securityLable");
        assertThat(sentences(answer)).allMatch(sentence -> sentence.contains("« securityLable »"));
        assertThat(Scene.stored()).isEqualTo(before);
    }

    @Test
    void everythingIsToldAtOnceInTheLanguageOfTheReader() throws IOException {
        String lot = json(lot(patient, document()))
                .replace("\"securityLabel\"", "\"securityLable\"")
                .replace("\"status\":\"current\",\"mode\"", "\"status\":\"current\",\"status\":\"retired\",\"mode\"")
                .replace("\"language\":\"fr-FR\"", "\"langue\":\"fr-FR\"");

        var answer = send(martin, "POST", "", FHIR_JSON, lot, "Accept-Language", "en");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(told(answer))
                .containsExactly(
                        "repeated-element Bundle.entry[0].resource.status",
                        "unknown-element Bundle.entry[1].resource.securityLable",
                        "unknown-element Bundle.entry[1].resource.content[0].attachment.langue");
        assertThat(sentences(answer)).anyMatch(sentence -> sentence.contains("does not exist at this place"));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .doesNotContain("HAPI")
                .doesNotContain("ca.uhn")
                .doesNotContain("retired");
    }

    @Test
    void xmlIsHeldToTheSame() throws IOException {
        String lot = xml(lot(patient, document())).replace("securityLabel>", "securityLable>");

        var answer = send(martin, "POST", "", FHIR_XML, lot);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(told(answer)).containsExactly("unknown-element Bundle.entry[1].resource.securityLable");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Consent, Consent",
        "POST, CareTeam, CareTeam",
        "POST, RelatedPerson, RelatedPerson",
        "PUT, Patient?identifier=x|y, Patient",
        "POST, DocumentReference, DocumentReference",
        "POST, Patient/$close, Parameters",
        "POST, Patient/$explain-access, Parameters"
    })
    void everyWriteIsHeldToIt(String method, String path, String type) throws IOException {
        String url = path.replace("|", "%7C").replace("$", "%24");
        for (String caller : List.of(martin, operator)) {
            var json = send(caller, method, url, FHIR_JSON, "{\"resourceType\":\"" + type + "\",\"inconnu\":[1]}");
            assertThat(json.statusCode()).isEqualTo(400);
            assertThat(told(json)).containsExactly("unknown-element " + type + ".inconnu");
            var xml = send(
                    caller,
                    method,
                    url,
                    FHIR_XML,
                    "<" + type + " xmlns=\"http://hl7.org/fhir\"><inconnu value=\"1\"/></" + type + ">");
            assertThat(xml.statusCode()).isEqualTo(400);
            assertThat(told(xml)).containsExactly("unknown-element " + type + ".inconnu");
        }
    }

    @Test
    void aRefusalOfTheBodyIsTracedAsOne() {
        var answer = send(martin, "POST", "Consent", FHIR_JSON, "{\"resourceType\":\"Consent\",\"inconnu\":1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        var latest = RunningServer.get()
                .bean(DSLContext.class)
                .fetchSingle("select http_status, outcome from carnet.trace order by seq desc limit 1");
        assertThat(latest.get("http_status", Integer.class)).isEqualTo(400);
    }

    @Test
    void aDryRunTellsItBesideTheRest() throws IOException {
        String lot = json(lot(patient, document())).replace("\"securityLabel\"", "\"securityLable\"");

        var answer = send(martin, "POST", "Bundle/%24validate", FHIR_JSON, lot);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(told(answer))
                .contains(
                        "unknown-element Bundle.entry[1].resource.securityLable",
                        "pdsm-comprehensive-document-reference Bundle.entry[1].resource.securityLabel")
                .noneMatch(issue -> issue.startsWith("dry-run-accepted"));
        String alone = json(lot(patient, document())).replace("\"use\":\"official\"", "\"use\":\"official\",\"x\":1");
        assertThat(told(send(martin, "POST", "Bundle/%24validate", FHIR_JSON, alone)))
                .anyMatch(issue -> issue.startsWith("unknown-element"))
                .noneMatch(issue -> issue.startsWith("dry-run-accepted"));
    }

    @Test
    void whatThePatchAddsIsHeldToIt() throws IOException {
        String id = Scene.published(patient, document());
        String json = Patches.text(Format.JSON_PATCH, Change.MASK);
        assertThat(told(patch(
                        id, "application/json-patch+json", json.replace("\"code\":", "\"code\":\"N\",\"code\":"))))
                .containsExactly("repeated-element");
        assertThat(patch(id, "application/json-patch+json", json.replace("\"code\":", "\"cod\":1,\"code\":"))
                        .statusCode())
                .isEqualTo(422);
        String xml = Patches.text(Format.XML_PATCH, Change.MASK);
        var dropped = patch(id, "application/xml-patch+xml", xml.replace("<code ", "<codes value=\"a\"/><code "));
        assertThat(dropped.statusCode()).isEqualTo(422);
        assertThat(told(dropped)).containsExactly("unknown-element DocumentReference.securityLabel[1].coding[0].codes");
        String fhir = Patches.text(Format.FHIRPATH_JSON, Change.MASK);
        assertThat(told(patch(id, FHIR_JSON, fhir.replace("\"code\":\"MASQUE", "\"cod\":\"a\",\"code\":\"MASQUE"))))
                .containsExactly("unknown-element Parameters.parameter[0].part[3].valueCodeableConcept.coding[0].cod");
        assertThat(told(patch(
                        id,
                        FHIR_JSON,
                        fhir.replace("{\"name\":\"value\"", "{\"name\":\"valeur\"},{\"name\":\"value\""))))
                .containsExactly("patch-unreadable");
    }

    @Test
    void whatIsSoundIsStillReadInBothFormats() {
        assertThat(send(martin, "POST", "", FHIR_JSON, json(lot(patient, document())))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(martin, "POST", "", FHIR_XML, xml(lot(patient, document())))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<byte[]> patch(String id, String type, String body) {
        return send(martin, "PATCH", id, type, body);
    }

    private static HttpResponse<byte[]> send(
            String token, String method, String path, String type, String body, String... more) {
        List<String> headers =
                new ArrayList<>(List.of("Authorization", "Bearer " + token, "Content-Type", type, "Accept", FHIR_JSON));
        headers.addAll(List.of(more));
        return Scene.http(method, path, body.getBytes(StandardCharsets.UTF_8), headers.toArray(String[]::new));
    }

    private static List<String> told(HttpResponse<byte[]> answer) throws IOException {
        return issues(answer)
                .map(issue -> (issue.at("/details/coding/0/code").asText() + " "
                                + issue.at("/expression/0").asText())
                        .strip())
                .toList();
    }

    private static List<String> sentences(HttpResponse<byte[]> answer) throws IOException {
        return issues(answer).map(issue -> issue.at("/details/text").asText()).toList();
    }

    private static Stream<JsonNode> issues(HttpResponse<byte[]> answer) throws IOException {
        return StreamSupport.stream(JSON.readTree(answer.body()).path("issue").spliterator(), false);
    }

    private static String json(Resource resource) {
        return FHIR.newJsonParser().encodeResourceToString(resource);
    }

    private static String xml(Resource resource) {
        return FHIR.newXmlParser().encodeResourceToString(resource);
    }
}

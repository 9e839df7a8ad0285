package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.get;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.InsDomain;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDQm and PIXm (ITI-78, ITI-83): they tell what TD0.2 tells, and nothing of strangers. */
class PatientIdentityIT {

    private static Person patient;
    private static String reference;
    private static String martin;

    @BeforeAll
    static void aPatient() {
        patient = Scene.patient();
        martin = token("dr-martin", patient);
        reference = idOf(patient);
    }

    private static String idOf(Person person) {
        Answer status = SERVER.send(
                SERVER.token("operator"),
                Call.get("Patient?identifier=" + Call.escaped(person.ins().token())));
        return "Patient/"
                + status.matches().findFirst().orElseThrow().path("id").asText();
    }

    private static String pix(Person person) {
        return "Patient/$ihe-pix?sourceIdentifier=" + Call.escaped(person.ins().token());
    }

    private static String holder(Person person) {
        return token("hugo", person, "subject", person.ins().value());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Parameters parameters(HttpResponse<byte[]> answer) {
        String body = text(answer);
        assertThat(answer.statusCode()).as(body).isEqualTo(200);
        var fhir = FhirContext.forR4Cached();
        return (body.startsWith("<") ? fhir.newXmlParser() : fhir.newJsonParser())
                .parseResource(Parameters.class, body);
    }

    /** Statuses and bodies are the same, but for the correlation id. */
    private static void same(HttpResponse<byte[]> one, HttpResponse<byte[]> other) {
        assertThat(one.statusCode()).isEqualTo(other.statusCode());
        assertThat(plain(one)).isEqualTo(plain(other));
    }

    private static String plain(HttpResponse<byte[]> answer) {
        return text(answer).replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID");
    }

    // ITI-78, read

    @Test
    void patientIsReadByWhomHisTokenNames() {
        for (String token : List.of(martin, token("dr-leroy", patient), holder(patient))) {
            Answer read = SERVER.send(token, Call.get(reference));
            assertThat(read.status()).isEqualTo(200);
            Answer status = SERVER.send(
                    token,
                    Call.get("Patient?identifier=" + Call.escaped(patient.ins().token())));
            assertThat(read.json()).isEqualTo(status.matches().findFirst().orElseThrow());
        }
        HttpResponse<byte[]> xml = get(reference, martin, "Accept", "application/fhir+xml");
        assertThat(text(xml)).startsWith("<Patient").contains(patient.ins().value());
    }

    @Test
    void withoutThePatientInTheTokenAConsentIsNeeded() {
        String unnamed = SERVER.token("dr-leroy");
        same(get(reference, unnamed), get("Patient/00000000-0000-4000-8000-000000000000", unnamed));
        assertThat(get(reference, unnamed).statusCode()).isEqualTo(404);
        Person other = Scene.patient();
        Scene.authorise("dr-leroy", Scene.DR_LEROY, other);
        assertThat(get(idOf(other), unnamed).statusCode()).isEqualTo(200);
        assertThat(get(idOf(other), SERVER.token("operator")).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherPatientIsAsIfHeDidNotExist() {
        Person other = Scene.patient();
        HttpResponse<byte[]> never = get("Patient/00000000-0000-4000-8000-000000000000", martin);
        assertThat(never.statusCode()).isEqualTo(404);
        same(get(idOf(other), martin), never);
        same(get(idOf(other), holder(patient)), get("Patient/none", holder(patient)));
        assertThat(get("Patient/" + reference.substring(8) + "/_history/1", martin)
                        .statusCode())
                .isIn(404, 405);
    }

    @Test
    void whoHasNoRecordIsReadByTheOperatorAlone() {
        Person opposed = Scene.patient("OPPOSED", Instant.now().minusSeconds(60));
        String id = idOf(opposed);
        assertThat(get(id, SERVER.token("operator")).statusCode()).isEqualTo(200);
        same(get(id, token("dr-martin", opposed)), get("Patient/none", token("dr-martin", opposed)));
    }

    // ITI-83

    @Test
    void matriculeGivesTheIdOfThePatient() {
        for (String accept : List.of("application/fhir+json", "application/fhir+xml")) {
            Parameters answer = parameters(get(pix(patient), martin, "Accept", accept));
            assertThat(answer.getParameter()).singleElement().satisfies(p -> {
                assertThat(p.getName()).isEqualTo("targetId");
                assertThat(((Reference) p.getValue()).getReference()).isEqualTo(reference);
            });
        }
    }

    @Test
    void formerMatriculesAreToldAsTheStatusTellsThem() {
        Person before = Scene.patient();
        Person after = new Person(
                Scene.stranger().ins(),
                before.birthName(),
                before.firstGiven(),
                before.birthGivens(),
                before.birthDate(),
                before.gender(),
                before.birthPlace());
        assertThat(SERVER.send(
                                SERVER.token("operator"),
                                Scene.operation("change-ins", before, "new", after.identifier()))
                        .status())
                .isEqualTo(200);
        String id = idOf(after);
        assertThat(told(parameters(get(pix(before), token("dr-martin", before)))))
                .containsExactlyInAnyOrder("official " + after.ins().value(), id);
        assertThat(told(parameters(get(pix(after), token("dr-martin", after))))).containsExactly(id);
        assertThat(told(parameters(get(pix(after), holder(after)))))
                .containsExactlyInAnyOrder("old " + before.ins().value(), id);
        String elsewhere = "&targetSystem=" + Call.escaped(InsDomain.TEST.system());
        assertThat(told(parameters(get(pix(after) + elsewhere, holder(after)))))
                .containsExactlyInAnyOrder("old " + before.ins().value(), id);
    }

    private static List<String> told(Parameters answer) {
        return answer.getParameter().stream()
                .map(ParametersParameterComponent::getValue)
                .map(v -> v instanceof Identifier i
                        ? i.getUse().toCode() + " " + i.getValue()
                        : ((Reference) v).getReference())
                .toList();
    }

    @Test
    void questionMayComeInABody() {
        for (Type source :
                List.<Type>of(patient.identifier(), new StringType(patient.ins().token()))) {
            assertThat(told(parameters(posted(source, null)))).containsExactly(reference);
        }
        assertThat(told(parameters(
                        posted(patient.identifier(), patient.ins().domain().system()))))
                .containsExactly(reference);
        assertThat(posted(new UriType("x"), null).statusCode()).isEqualTo(422);
        assertThat(posted(new StringType("x"), null).statusCode()).isEqualTo(422);
    }

    private static HttpResponse<byte[]> posted(Type source, String target) {
        var body = new Parameters();
        body.addParameter().setName("sourceIdentifier").setValue(source);
        if (target != null) {
            body.addParameter().setName("targetSystem").setValue(new UriType(target));
        }
        return Scene.http(
                "POST",
                "Patient/$ihe-pix",
                FhirContext.forR4Cached()
                        .newJsonParser()
                        .encodeResourceToString(body)
                        .getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/fhir+json");
    }

    @Test
    void unknownAndWithoutRecordAreAnsweredAlike() {
        Person opposed = Scene.patient("OPPOSED", Instant.now().minusSeconds(60));
        Person none = Scene.patient("NONE", Instant.now().minusSeconds(60));
        Person stranger = Scene.stranger();
        HttpResponse<byte[]> unknown = get(pix(stranger), token("dr-martin", stranger));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(text(unknown)).contains("not-found");
        for (Person other : List.of(opposed, none)) {
            same(get(pix(other), token("dr-martin", other)), unknown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretary", "alice", "insurer", "social-worker", "auditor"})
    void whoeverIsRefusedTheStatusIsRefusedThis(String actor) {
        String token = SERVER.token(actor);
        for (Person asked : List.of(patient, Scene.stranger())) {
            Answer status = SERVER.send(
                    token,
                    Call.get("Patient?identifier=" + Call.escaped(asked.ins().token())));
            Answer reference = SERVER.send(token, Call.get(pix(asked)));
            boolean unknown =
                    status.status() == 200 && status.matches().findAny().isEmpty();
            assertThat(reference.status()).isEqualTo(unknown ? 404 : status.status());
            if (status.status() != 200) {
                assertThat(Scene.issues(reference)).isEqualTo(Scene.issues(status));
            }
        }
    }

    @Test
    void domainsThatAreNotServedAreRefused() {
        refused("Patient/$ihe-pix?sourceIdentifier=" + Call.escaped("urn:oid:1.2.3|7"), 400, "unknown-source-domain");
        refused(pix(patient) + "&targetSystem=" + Call.escaped("urn:oid:1.2.3"), 403, "unknown-target-domain");
        refused("Patient/$ihe-pix", 400, "invalid-identifier");
        refused("Patient/$ihe-pix?sourceIdentifier=" + patient.ins().value(), 400, "invalid-identifier");
        refused(pix(patient) + "&sourceIdentifier=x", 400, "invalid-identifier");
        refused(pix(patient) + "&identifier=x", 400, "unknown-parameter");
        refused(
                "Patient/$ihe-pix?sourceIdentifier=" + Call.escaped(InsDomain.TEST.system() + "|284057505601205"),
                422,
                "R2");
    }

    private static void refused(String path, int status, String code) {
        Answer answer = SERVER.send(martin, Call.get(path));
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.sentence()).isNotBlank();
    }

    @Test
    void questionIsTracedInTheRecord() {
        Person asked = Scene.patient();
        String token = token("dr-martin", asked);
        assertThat(get(pix(asked), token).statusCode()).isEqualTo(200);
        assertThat(get(idOf(asked), token).statusCode()).isEqualTo(200);
        Answer traces = SERVER.send(holder(asked), Call.get("AuditEvent?_count=5&" + Scene.of(asked)));
        assertThat(new String(traces.body(), StandardCharsets.UTF_8))
                .contains("ITI-83")
                .contains("ITI-78");
    }

    @Test
    void searchByFormIsTheSame() {
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                "Patient/_search",
                ("identifier=" + Call.escaped(patient.ins().token())).getBytes(StandardCharsets.US_ASCII),
                "Authorization",
                "Bearer " + martin,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/fhir+json");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(text(answer)).contains(reference).contains("\"total\":1");
    }
}

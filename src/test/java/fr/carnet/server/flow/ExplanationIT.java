package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.SERVER;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.issues;
import static fr.carnet.server.flow.Scene.patient;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.caller.RoleSystem;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import fr.carnet.shared.IdNatPs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions explained (R92), and who could read a document (R91). */
class ExplanationIT {

    private static final String NURSE = "899700100037";
    private static final String ABSENT = "DocumentReference/none";

    private final Person patient = patient();
    private final String operator = SERVER.token("operator");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dr-martin",
                "dr-leroy",
                "nurse-petit",
                "pharmacist-roche",
                "dentist",
                "dr-travail",
                "coordinator",
                "secretary",
                "insurer",
                "social-worker"
            })
    void explanationTellsWhatTheRequestGets(String actor) {
        String open = published(patient, document());
        String masked = published(patient, document());
        SERVER.send(token("dr-martin", patient), Choices.masking(masked));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("nurse-petit", NURSE, patient);
        String own = token(actor, patient);

        for (String document : List.of(open, masked)) {
            Answer read = SERVER.send(own, Call.get(document));
            Answer explained = SERVER.send(own, explaining(document));

            assertThat(value(explained, "status")).isEqualTo(Integer.toString(read.status()));
            assertThat(value(explained, "decision")).isEqualTo(read.status() == 200 ? "permit" : "deny");
            if (read.status() == 403) {
                assertThat(rule(named(explained, "reason").get(0)))
                        .isEqualTo(read.codes().findFirst().orElseThrow());
            }
        }
    }

    @Test
    void refusalIsExplainedCheckByCheck() {
        String document = published(patient, document());

        Answer explained = SERVER.send(token("nurse-petit", patient), explaining(document));

        assertThat(explained.status()).isEqualTo(200);
        assertThat(checks(explained))
                .containsSubsequence("record passed R13", "block passed R44", "authorisation refused R36")
                .contains("matrix not-reached R28", "labels not-reached R103");
        assertThat(text(explained)).contains("Aucun consentement du patient n’est déclaré");
    }

    @Test
    void operatorAsksAboutAnybody() {
        String document = published(patient, document());
        SERVER.send(token("dr-martin", patient), Choices.masking(document));
        Scene.authorise("nurse-petit", NURSE, patient);

        Answer nurse = SERVER.send(operator, explaining(document, professional(NURSE, "60")));
        Answer emergency =
                SERVER.send(operator, explaining(document, professional(NURSE, "60"), purpose("bris_de_glace")));

        assertThat(value(nurse, "status")).isEqualTo("404");
        assertThat(rule(named(nurse, "reason").get(0))).isEqualTo("R105");
        assertThat(rule(named(emergency, "reason").get(0))).isEqualTo("R51");
    }

    @Test
    void aRecordIsExplainedByMatricule() {
        Answer unknown = SERVER.send(operator, explaining(Scene.stranger(), professional(NURSE, "60")));
        Answer closed = SERVER.send(operator, explaining(Scene.EMMA, professional(NURSE, "60")));
        Answer deposit = SERVER.send(operator, explaining(patient, professional(NURSE, "60"), action("deposit")));

        assertThat(rule(named(unknown, "reason").get(0))).isEqualTo("R13");
        assertThat(rule(named(closed, "reason").get(0))).isEqualTo("R21");
        assertThat(value(deposit, "decision")).isEqualTo("permit");
    }

    @Test
    void questionIsTracedInTheRecord() {
        String document = published(patient, document());

        SERVER.send(operator, explaining(document, professional(NURSE, "60")));

        String traces =
                text(SERVER.send(SERVER.token("auditor"), Call.get("AuditEvent?_count=200&" + Scene.of(patient))));
        assertThat(traces).contains("\"EXPLAIN\"").contains(document);
    }

    @Test
    void answersInEnglishToo() {
        String document = published(patient, document());
        var parameters = new Parameters();
        parameters.addParameter("document", new Reference(document));

        var answer = Scene.http(
                "POST",
                SERVER.root() + "/fhir/DocumentReference/$explain-access",
                FhirContext.forR4Cached()
                        .newJsonParser()
                        .encodeResourceToString(parameters)
                        .getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/fhir+json",
                "Accept-Language",
                "en",
                "Authorization",
                "Bearer " + token("nurse-petit", patient));

        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("No consent of the patient is declared")
                .contains("an earlier check refused");
    }

    @Test
    void questionWithoutSenseIsRefused() {
        String document = published(patient, document());

        assertThat(refusal(explaining(ABSENT))).isEqualTo("404 not-found");
        assertThat(refusal(explaining("Patient/1"))).isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(document, action("create-consent")))).isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(document, action("fly")))).isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(document, professional("no-rpps", "60")))).isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(document, professional(NURSE, "not a code"))))
                .isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(document, purpose("normal"), purpose("normal"))))
                .isEqualTo("422 operation-parameter");
        assertThat(refusal(explaining(
                        document,
                        new ParametersParameterComponent().setName("colour").setValue(new StringType("red")))))
                .isEqualTo("400 unknown-parameter");
        assertThat(refusal(Call.get("DocumentReference/$explain-access"))).startsWith("405");
        assertThat(refusal(Call.write("POST", document + "/$explain-access", new Parameters())))
                .startsWith("405");
    }

    @Test
    void holderSeesWhoCouldReadHisDocument() {
        String consent = Scene.authorise("nurse-petit", NURSE, ALICE);
        String document = published("dr-martin", ALICE, Scene.lot(ALICE, document()));
        String alice = token("alice", ALICE);
        try {
            Answer open = SERVER.send(alice, readers(document));
            SERVER.send(alice, Choices.masking(document));
            Answer masked = SERVER.send(alice, readers(document));

            assertThat(open.status()).as("%s", issues(open)).isEqualTo(200);
            assertThat(named(open, "profession"))
                    .extracting(p -> p.at("/part/0/valueCoding/code").asText())
                    .contains("10", "60");
            assertThat(persons(open)).contains(NURSE);
            assertThat(named(masked, "profession")).isEmpty();
            assertThat(persons(masked)).doesNotContain(NURSE);
            assertThat(named(masked, "emergency")).hasSize(2).allMatch(e -> !e.toString()
                    .contains("\"valueBoolean\":true"));
        } finally {
            SERVER.send(token("nurse-petit", ALICE), Choices.ending(consent));
        }
    }

    @Test
    void nobodyElseSeesWhoCouldRead() {
        String document = published("dr-martin", ALICE, Scene.lot(ALICE, document()));

        assertThat(refusal(token("dr-martin", ALICE), readers(document))).isEqualTo("403 R91");
        assertThat(refusal(operator, readers(document))).isEqualTo("404 not-found");
        assertThat(refusal(token("alice", ALICE), readers(ABSENT))).isEqualTo("404 not-found");
        assertThat(refusal(token("bruno", Characters.patient("bruno")), readers(document)))
                .isEqualTo("404 not-found");
        assertThat(refusal(token("emma", Scene.EMMA), readers(document)))
                .isEqualTo(refusal(token("emma", Scene.EMMA), readers(ABSENT)))
                .isEqualTo("403 R21");
    }

    private String refusal(Call call) {
        return refusal(operator, call);
    }

    private static String refusal(String token, Call call) {
        Answer answer = SERVER.send(token, call);
        assertThat(answer.sentence()).isNotBlank();
        return answer.status() + " " + answer.codes().findFirst().orElse("");
    }

    private static Call explaining(String document, ParametersParameterComponent... more) {
        return asking("DocumentReference/$explain-access", "document", new Reference(document), more);
    }

    private static Call explaining(Person of, ParametersParameterComponent... more) {
        return asking("Patient/$explain-access", "identifier", of.identifier(), more);
    }

    private static Call readers(String document) {
        return asking("DocumentReference/$who-can-read", "document", new Reference(document));
    }

    private static Call asking(
            String path, String name, org.hl7.fhir.r4.model.Type about, ParametersParameterComponent... more) {
        var parameters = new Parameters();
        parameters.addParameter(name, about);
        List.of(more).forEach(parameters::addParameter);
        return Call.write("POST", path, parameters);
    }

    private static ParametersParameterComponent professional(String idNatPs, String profession) {
        var actor = new ParametersParameterComponent().setName("actor");
        actor.addPart()
                .setName("identifier")
                .setValue(new Identifier().setSystem(IdNatPs.SYSTEM).setValue(idNatPs));
        actor.addPart().setName("role").setValue(new Coding(RoleSystem.G15.url(), profession, null));
        return actor;
    }

    private static ParametersParameterComponent purpose(String code) {
        var context = new ParametersParameterComponent().setName("context");
        context.addPart().setName("purpose").setValue(new CodeType(code));
        return context;
    }

    private static ParametersParameterComponent action(String code) {
        return new ParametersParameterComponent().setName("action").setValue(new CodeType(code));
    }

    private static List<String> persons(Answer answer) {
        return named(answer, "person").stream()
                .map(person -> person.at("/part/0/valueIdentifier/value").asText())
                .toList();
    }

    /** {@code name outcome rule} of each check. */
    private static List<String> checks(Answer answer) {
        return named(answer, "check").stream()
                .map(check -> part(check, "name")
                                .orElseThrow()
                                .path("valueCode")
                                .asText() + " "
                        + part(check, "outcome").orElseThrow().path("valueCode").asText() + " " + rule(check))
                .toList();
    }

    private static String rule(JsonNode parameter) {
        return part(parameter, "rule")
                .map(rule -> rule.at("/valueCoding/code").asText())
                .orElse("");
    }

    private static Optional<JsonNode> part(JsonNode parameter, String name) {
        return StreamSupport.stream(parameter.path("part").spliterator(), false)
                .filter(part -> part.path("name").asText().equals(name))
                .findFirst();
    }

    private static List<JsonNode> named(Answer answer, String name) {
        return StreamSupport.stream(answer.json().path("parameter").spliterator(), false)
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .toList();
    }

    private static String value(Answer answer, String name) {
        JsonNode parameter = named(answer, name).get(0);
        return (parameter.has("valueCode") ? parameter.path("valueCode") : parameter.path("valueInteger")).asText();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}

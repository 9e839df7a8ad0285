package fr.carnet.server.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void refusalTellsRuleAndSentence() {
        Answer answer = answer(403, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden","details":{
                 "coding":[{"system":"https://carnet.example/fhir/CodeSystem/rule","code":"R36.no-consent"}],
                 "text":"Déclarez le consentement."}}]}""");
        assertThat(answer.names("R36")).isTrue();
        assertThat(answer.names("R3")).isFalse();
        assertThat(answer.sentence()).isEqualTo("Déclarez le consentement.");
    }

    @Test
    void warningsAreNoMatches() {
        Answer answer = answer(200, """
                {"resourceType":"Bundle","total":1,"entry":[
                 {"search":{"mode":"match"},"resource":{"resourceType":"DocumentReference","id":"1"}},
                 {"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome"}}]}""");
        assertThat(answer.matches().map(resource -> resource.path("id").asText()))
                .containsExactly("1");
        assertThat(answer.total()).isEqualTo(1);
    }

    @Test
    void transactionTellsWhatItCreated() {
        Answer answer = answer(200, """
                {"resourceType":"Bundle","entry":[
                 {"response":{"status":"201 Created","location":"List/7/_history/1"}},
                 {"response":{"status":"201 Created","location":"http://h/fhir/Binary/a-b.9"}}]}""");
        assertThat(answer.createdInTransaction()).containsExactly("List/7", "Binary/a-b.9");
        assertThat(answer.entryStatuses()).containsOnly("201 Created");
    }

    @Test
    void createdResourceIsReadFromHeaderOrBody() {
        byte[] body = "{\"resourceType\":\"Consent\",\"id\":\"5\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(new Answer(201, body, Optional.empty()).created()).contains("Consent/5");
        assertThat(new Answer(201, new byte[0], Optional.of("http://h/fhir/Consent/6/_history/1")).created())
                .contains("Consent/6");
    }

    @Test
    void bytesThatAreNoJsonTellNothing() {
        Answer answer = answer(502, "<html>");
        assertThat(answer.sentence()).isEmpty();
        assertThat(answer.total()).isEqualTo(-1);
        assertThat(answer.matches()).isEmpty();
        assertThat(answer.created()).isEmpty();
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }
}

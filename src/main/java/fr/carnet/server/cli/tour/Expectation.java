package fr.carnet.server.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.validation.CdaHeader.DocumentId;
import java.util.Arrays;

/**
 * What an answer must be.
 *
 * @param key of the sentence that says it
 * @param detail put into that sentence
 * @param test true if the answer is so
 */
record Expectation(String key, Object detail, Test test) {

    /** Looks at an answer. */
    interface Test {
        boolean holds(Answer answer);
    }

    static Expectation status(int status) {
        return new Expectation("tour.expected.status", status, answer -> answer.status() == status);
    }

    static Expectation refusedBy(String rule) {
        return new Expectation(
                "tour.expected.rule",
                rule,
                answer -> answer.status() == 403
                        && answer.names(rule)
                        && !answer.sentence().isBlank());
    }

    /** A transaction that created everything. */
    static Expectation allCreated(int entries) {
        return new Expectation(
                "tour.expected.created",
                entries,
                answer -> answer.entryStatuses()
                                .filter(status -> status.startsWith("201"))
                                .count()
                        == entries);
    }

    static Expectation finds(DocumentId document) {
        return new Expectation("tour.expected.found", document.value(), answer -> isIn(answer, document));
    }

    static Expectation findsNot(DocumentId document) {
        return new Expectation(
                "tour.expected.absent", document.value(), answer -> answer.status() == 200 && !isIn(answer, document));
    }

    static Expectation total(int total) {
        return new Expectation("tour.expected.total", total, answer -> answer.total() == total);
    }

    static Expectation bytes(byte[] expected) {
        return new Expectation(
                "tour.expected.bytes", expected.length, answer -> Arrays.equals(answer.body(), expected));
    }

    private static boolean isIn(Answer answer, DocumentId document) {
        return answer.matches().anyMatch(resource -> uniqueId(resource).equals(document.value()));
    }

    static String uniqueId(JsonNode documentReference) {
        return documentReference.at("/masterIdentifier/value").asText();
    }
}

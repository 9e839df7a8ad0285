package fr.carnet.server.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the server answered. */
public final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final byte[] body;
    private final Optional<String> location;

    /**
     * @param status HTTP status
     * @param body raw bytes of the answer
     * @param location header {@code Location}
     */
    public Answer(int status, byte[] body, Optional<String> location) {
        this.status = status;
        this.body = body.clone();
        this.location = location;
    }

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(), response.body(), response.headers().firstValue("Location"));
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Raw bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** Number of bytes of the body. */
    public int length() {
        return body.length;
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Rule or error codes of an OperationOutcome: {@code issue.details.coding.code}. */
    public Stream<String> codes() {
        return elements(json().path("issue"))
                .flatMap(issue -> elements(issue.path("details").path("coding")))
                .map(coding -> coding.path("code").asText());
    }

    /** True if an OperationOutcome names this rule, e.g. {@code R36}, with or without its slug. */
    public boolean names(String rule) {
        return codes().anyMatch(code -> code.matches(rule + "(\\W.*)?"));
    }

    /** First sentence of an OperationOutcome; empty when the answer is none. */
    public String sentence() {
        return elements(json().path("issue"))
                .map(issue -> Stream.of(issue.path("details").path("text"), issue.path("diagnostics"))
                        .map(JsonNode::asText)
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Resources of a Bundle that were found, warnings left out. */
    public Stream<JsonNode> matches() {
        return elements(json().path("entry"))
                .filter(entry ->
                        !"outcome".equals(entry.path("search").path("mode").asText()))
                .map(entry -> entry.path("resource"));
    }

    /** {@code Bundle.total}; −1 when the server does not say it. */
    public int total() {
        return json().path("total").asInt(-1);
    }

    /** Relative reference of what was created, {@code Type/id}: from the header or from the body. */
    public Optional<String> created() {
        JsonNode resource = json();
        Optional<String> fromBody = Optional.of(resource.path("id").asText())
                .filter(id -> !id.isEmpty())
                .map(id -> resource.path("resourceType").asText() + "/" + id);
        return location.flatMap(Location::typeAndId).or(() -> fromBody);
    }

    /** Relative references of what a transaction created, in the order of its entries. */
    public Stream<String> createdInTransaction() {
        return elements(json().path("entry"))
                .map(entry -> entry.path("response").path("location").asText())
                .flatMap(location -> Location.typeAndId(location).stream());
    }

    /** Statuses of the entries of a transaction, e.g. {@code 201 Created}. */
    public Stream<String> entryStatuses() {
        return elements(json().path("entry"))
                .map(entry -> entry.path("response").path("status").asText());
    }

    /** True if a transaction was not carried out because its lot was already there: its first answer, marked (R124). */
    public boolean isOfAnEarlierSending() {
        return elements(json().path("entry"))
                .flatMap(entry -> elements(entry.at("/response/outcome/issue")))
                .filter(issue -> issue.path("severity").asText().equals("information"))
                .flatMap(issue -> elements(issue.at("/details/coding")))
                .anyMatch(coding -> coding.path("code").asText().equals("R124"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

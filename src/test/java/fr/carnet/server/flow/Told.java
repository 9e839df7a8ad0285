package fr.carnet.server.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An overview as it was told.
 *
 * @param total of all documents
 * @param emergency what is read first; empty where there is no emergency
 * @param rubrics by code, in their order
 */
record Told(int total, Optional<Rubric> emergency, Map<String, Rubric> rubrics) {

    /**
     * One rubric.
     *
     * @param label display of its code
     * @param total of its documents
     * @param documents those that are told, as resources
     */
    record Rubric(String label, int total, List<JsonNode> documents) {

        /** {@code DocumentReference/id} of each. */
        List<String> references() {
            return documents.stream()
                    .map(document -> "DocumentReference/" + document.path("id").asText())
                    .toList();
        }
    }

    static Told of(JsonNode parameters) {
        Map<String, Rubric> rubrics = new LinkedHashMap<>();
        named(parameters.path("parameter"), "rubric").forEach(rubric -> rubrics.put(code(rubric), read(rubric)));
        return new Told(
                total(parameters.path("parameter")),
                named(parameters.path("parameter"), "emergency").findFirst().map(Told::read),
                rubrics);
    }

    /** Every document that is told in a rubric. */
    List<JsonNode> documents() {
        return rubrics.values().stream()
                .flatMap(rubric -> rubric.documents().stream())
                .toList();
    }

    private static Rubric read(JsonNode rubric) {
        JsonNode parts = rubric.path("part");
        String label = named(parts, "code")
                .findFirst()
                .orElseThrow()
                .at("/valueCoding/display")
                .asText();
        List<JsonNode> documents =
                named(parts, "document").map(part -> part.path("resource")).toList();
        return new Rubric(label, total(parts), documents);
    }

    private static String code(JsonNode rubric) {
        return named(rubric.path("part"), "code")
                .findFirst()
                .orElseThrow()
                .at("/valueCoding/code")
                .asText();
    }

    private static int total(JsonNode parameters) {
        return named(parameters, "total")
                .findFirst()
                .orElseThrow()
                .path("valueInteger")
                .asInt(-1);
    }

    private static Stream<JsonNode> named(JsonNode parameters, String name) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .filter(parameter -> name.equals(parameter.path("name").asText()));
    }
}

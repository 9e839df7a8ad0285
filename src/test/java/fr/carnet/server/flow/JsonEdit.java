package fr.carnet.server.flow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The operations of JSON Patch that faulty lots are made with. */
final class JsonEdit {

    private JsonEdit() {}

    /** Does one to a document. */
    static void apply(JsonNode document, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        switch (operation.path("op").asText()) {
            case "add" -> add(document, path, operation.path("value"));
            case "copy" ->
                add(
                        document,
                        path,
                        present(
                                        document,
                                        JsonPointer.compile(
                                                operation.path("from").asText()))
                                .deepCopy());
            case "remove" -> remove(document, path);
            case "replace" -> {
                remove(document, path);
                add(document, path, operation.path("value"));
            }
            default -> throw new IllegalArgumentException("unknown operation: " + operation);
        }
    }

    private static void add(JsonNode document, JsonPointer path, JsonNode value) {
        JsonNode parent = present(document, path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (last.equals("-") || Integer.parseInt(last) == parent.size()) {
            ((ArrayNode) parent).add(value);
        } else {
            ((ArrayNode) parent).insert(Integer.parseInt(last), value);
        }
    }

    private static void remove(JsonNode document, JsonPointer path) {
        present(document, path);
        JsonNode parent = document.at(path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(last));
        }
    }

    private static JsonNode present(JsonNode document, JsonPointer path) {
        JsonNode node = document.at(path);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("the lot has no " + path);
        }
        return node;
    }
}

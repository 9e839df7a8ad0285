package fr.carnet.document.update;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.shared.Fault;
import fr.carnet.validation.HardenedXml;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/**
 * What a patch looks like before a library works on it: few operations, short paths, and nothing that fetches, multiplies
 * or searches. The libraries would expand entities (XML Patch), copy a document into itself (JSON Patch) and evaluate
 * whatever expression (FHIRPath, XPath).
 */
final class PatchShape {

    private static final int MAX_LENGTH = 64 << 10;
    private static final int MAX_OPERATIONS = 20;
    private static final int MAX_PATH = 500;
    private static final int MAX_DEPTH = 40;

    /** Neither copy nor move: each change is one of a few elements, and copies of copies fill the memory. */
    private static final Set<String> JSON_OPERATIONS = Set.of("add", "remove", "replace", "test");

    private static final Set<String> XML_OPERATIONS = Set.of("add", "remove", "replace");
    private static final Set<String> FHIR_OPERATIONS = Set.of("add", "insert", "delete", "replace", "move");
    private static final Set<String> FHIR_PARTS =
            Set.of("type", "path", "name", "value", "index", "source", "destination");
    private static final Set<String> FUNCTIONS =
            Set.of("where", "exists", "first", "last", "single", "ofType", "as", "is", "not", "all", "any");
    private static final Pattern FUNCTION = Pattern.compile("(\\w+)\\s*\\(");
    /** Descendants, other axes, functions, and what is not of the document. */
    private static final Pattern SEARCHING = Pattern.compile("//|::|\\(|\\$");

    private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    private PatchShape() {}

    /** @throws Fault 400 if it cannot be read; 405 for an operation that no update needs; 413 if it is too long */
    static void requireJson(String body) {
        requireLength(body);
        JsonNode operations;
        try {
            operations = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Fault.of(400, "patch-unreadable");
        }
        if (!operations.isArray()) {
            throw Fault.of(400, "patch-unreadable");
        }
        requireCount(operations.size());
        for (JsonNode operation : operations) {
            boolean readable =
                    operation.path("op").isTextual() && operation.path("path").isTextual();
            if (!readable) {
                throw Fault.of(400, "patch-unreadable");
            }
            requireOperation(operation.path("op").asText(), JSON_OPERATIONS);
            requirePath(operation.path("path").asText());
        }
    }

    /** @throws Fault as {@link #requireJson} */
    static void requireXml(String body) {
        requireLength(body);
        try {
            operations(HardenedXml.reader(body));
        } catch (XMLStreamException e) {
            throw Fault.of(400, "patch-unreadable");
        }
    }

    private static void operations(XMLStreamReader in) throws XMLStreamException {
        int depth = 0;
        int operations = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.DTD -> throw Fault.of(400, "patch-unreadable");
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    operations += operation(in, depth);
                    requireCount(operations);
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // text and comments are of no concern
                }
            }
        }
    }

    private static int operation(XMLStreamReader in, int depth) {
        if (depth > MAX_DEPTH || (depth == 1 && !"diff".equals(in.getLocalName()))) {
            throw Fault.of(400, "patch-unreadable");
        }
        if (depth != 2) {
            return 0;
        }
        requireOperation(in.getLocalName(), XML_OPERATIONS);
        String path = in.getAttributeValue(null, "sel");
        requirePath(path == null ? "" : path);
        if (path != null && SEARCHING.matcher(withoutLiterals(path)).find()) {
            throw Fault.of(422, "patch-does-not-fit");
        }
        return 1;
    }

    /** @throws Fault as {@link #requireJson} */
    static void requireFhir(Parameters parameters) {
        requireCount(parameters.getParameter().size());
        for (ParametersParameterComponent operation : parameters.getParameter()) {
            String path = Patch.part(operation, "path");
            if (!"operation".equals(operation.getName()) || path == null || !isReadWhole(operation)) {
                throw Fault.of(400, "patch-unreadable");
            }
            requireOperation(Patch.part(operation, "type"), FHIR_OPERATIONS);
            requirePath(path);
            requireNavigation(path);
        }
    }

    /** The library reads the first part of each name that it knows, and no other. */
    private static boolean isReadWhole(ParametersParameterComponent operation) {
        List<String> names = operation.getPart().stream()
                .map(ParametersParameterComponent::getName)
                .toList();
        return FHIR_PARTS.containsAll(names)
                && names.size() == Set.copyOf(names).size();
    }

    /** Neither descendants nor what is outside the document. */
    private static void requireNavigation(String path) {
        String bare = withoutLiterals(path);
        Matcher functions = FUNCTION.matcher(bare);
        boolean known = !bare.contains("%");
        while (functions.find()) {
            known &= FUNCTIONS.contains(functions.group(1));
        }
        if (!known) {
            throw Fault.of(422, "patch-does-not-fit");
        }
    }

    private static String withoutLiterals(String path) {
        return LITERAL.matcher(path).replaceAll("''");
    }

    private static void requireLength(String body) {
        if (body == null) {
            throw Fault.of(400, "patch-unreadable");
        }
        if (body.length() > MAX_LENGTH) {
            throw Fault.of(413, "patch-too-large", Integer.toString(MAX_LENGTH));
        }
    }

    private static void requireCount(int operations) {
        if (operations > MAX_OPERATIONS) {
            throw Fault.of(413, "patch-too-many-operations", Integer.toString(MAX_OPERATIONS));
        }
    }

    private static void requireOperation(String operation, Set<String> known) {
        if (operation == null) {
            throw Fault.of(400, "patch-unreadable");
        }
        if (!known.contains(operation)) {
            throw Fault.of(405, "patch-not-allowed");
        }
    }

    private static void requirePath(String path) {
        if (path.length() > MAX_PATH) {
            throw Fault.of(413, "patch-too-large", Integer.toString(MAX_PATH));
        }
    }
}

package fr.carnet.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.carnet.validation.profile.ProfileValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Resource;

/**
 * Holds what the server answers to the tests to FHIR R4, to Carnet's profiles and, where they are at hand, to the official
 * ones: the first of each shape, so that it stays cheap. What it held is written to {@code target/conformity.txt}.
 */
public final class Conformity {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REPORT = Path.of("target", "conformity.txt");

    /** Elements whose value, not only whose presence, makes a shape. */
    private static final Set<String> TELLING =
            Set.of("resourceType", "system", "code", "use", "status", "type", "mode");

    /** Shapes of a kind that are held; the later ones differ in little. */
    private static final int SHAPES = 60;

    /** Entries of the largest Bundle that is held as a whole; the entries are held one by one anyway. */
    private static final int ENTRIES = 20;

    /** Some of a list's entries are hidden: its title, which may tell of them, is left out. Expected, and in the report. */
    private static final String WITHHELD = "List.title: minimum required = 1, but only found 0";

    private static final Map<String, Tally> TALLIES = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Conformity::report));
    }

    /** What was held of one kind: its shapes and what was wrong. */
    private static final class Tally {
        private final AtomicInteger seen = new AtomicInteger();
        private final Set<Integer> shapes = ConcurrentHashMap.newKeySet();
        private final Set<String> errors = ConcurrentHashMap.newKeySet();

        /** True for the first of its shape, as long as there are few. */
        boolean isNew(JsonNode resource) {
            seen.incrementAndGet();
            return shapes.size() < SHAPES && shapes.add(shape(resource));
        }
    }

    private Conformity() {}

    /**
     * Holds an answer, if it is FHIR in JSON.
     *
     * @param request verb and path, e.g. {@code GET List?code=folder}
     * @throws AssertionError with everything that is wrong with it
     */
    public static void hold(String request, int status, byte[] body) {
        JsonNode json = json(body);
        String type = json.path("resourceType").asText();
        // a FHIR document comes back as it was received
        if (type.isEmpty() || "document".equals(json.path("type").asText()) || request.contains("metadata")) {
            return;
        }
        List<String> errors = new ArrayList<>();
        String kind = kind(request);
        json.path("entry").forEach(entry -> {
            hold(kind, status, entry.path("resource"), errors);
            hold(kind, status, entry.path("response").path("outcome"), errors);
        });
        if (json.path("entry").size() <= ENTRIES) {
            hold(kind, status, json, errors);
        }
        if (!errors.isEmpty() && System.getenv("CONFORMITY_LOOK") == null) {
            throw new AssertionError(
                    request.replaceAll("\\?.*", "?…") + " " + status + "\n" + String.join("\n", errors));
        }
    }

    private static void hold(String request, int status, JsonNode json, List<String> errors) {
        if (json.path("resourceType").asText().isEmpty() || isShortened(json)) {
            return;
        }
        List<String> profiles = ServedProfiles.of(json, request);
        Tally tally = TALLIES.computeIfAbsent(
                request + " → " + status / 100 + "xx "
                        + json.path("resourceType").asText() + " " + profiles,
                k -> new Tally());
        if (tally.isNew(json)) {
            List<String> found = errors(json, profiles);
            tally.errors.addAll(found);
            found.stream().filter(error -> !error.contains(WITHHELD)).forEach(errors::add);
        }
    }

    /** {@code _elements} and {@code _summary}: marked as incomplete, or an entry of it is. */
    private static boolean isShortened(JsonNode json) {
        return json.findValues("tag").stream().anyMatch(tags -> tags.toString().contains("SUBSETTED"));
    }

    private static List<String> errors(JsonNode json, List<String> profiles) {
        try {
            Resource resource = (Resource) FHIR.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(json.toString());
            return RunningServer.get().bean(ProfileValidator.class).check(resource, profiles).stream()
                    .filter(finding -> finding.grave())
                    .map(finding -> finding.expression() + ": " + finding.text())
                    .toList();
        } catch (DataFormatException e) {
            return List.of(json.path("resourceType").asText() + ": " + e.getMessage());
        }
    }

    private static JsonNode json(byte[] body) {
        if (body.length == 0 || body[0] != '{') {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String kind(String request) {
        String relative = request.replaceFirst("http\\S*?/fhir/?", "");
        return relative.replaceFirst("\\?.*", "?").replaceAll("/[A-Za-z0-9-]*\\d[A-Za-z0-9-]*", "/{id}");
    }

    private static int shape(JsonNode node) {
        Set<String> paths = new TreeSet<>();
        paths("", node, paths);
        return paths.hashCode();
    }

    private static void paths(String path, JsonNode node, Set<String> paths) {
        if (node.isArray()) {
            node.forEach(item -> paths(path, item, paths));
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                boolean tells = field.getValue().isTextual() && TELLING.contains(field.getKey());
                paths(
                        path + "." + field.getKey()
                                + (tells ? "=" + field.getValue().asText() : ""),
                        field.getValue(),
                        paths);
            });
        } else {
            paths.add(path);
        }
    }

    private static void report() {
        StringBuilder text = new StringBuilder("answers  shapes  errors  request, answer and profiles\n");
        new TreeMap<>(TALLIES).forEach((kind, tally) -> {
            text.append(String.format(
                    "%7d %7d %7d  %s%n", tally.seen.get(), tally.shapes.size(), tally.errors.size(), kind));
            tally.errors.forEach(
                    error -> text.append("          ! ").append(error).append('\n'));
        });
        try {
            Files.writeString(REPORT, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

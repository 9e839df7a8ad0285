package fr.carnet.server.flow;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.validation.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** What became of the published examples, sent strictly and leniently; the table is {@code target/realdata.txt}. */
final class RealOutcomes {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path REPORT = Path.of("target", "realdata.txt");
    private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();
    private static final String TOLERANCE = "tolerance-";

    private RealOutcomes() {}

    /** Sends a resource to be held to this level. */
    static Answer send(String token, String path, Resource resource, Level level) {
        byte[] body = FHIR.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                path,
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/fhir+json",
                "Prefer",
                "handling=" + level.name().toLowerCase(Locale.ROOT));
        return new Answer(answer.statusCode(), answer.body(), answer.headers().firstValue("Location"));
    }

    /** {@code code expression} of each error. */
    static List<String> errors(Answer answer) {
        return Scene.issues(answer).stream()
                .filter(issue -> issue.startsWith("error "))
                .map(issue -> issue.substring(6))
                .toList();
    }

    /** Codes of what was wrong and accepted, in an answer that accepts or refuses. */
    static List<String> tolerated(Answer answer) {
        Stream<String> refused = Scene.issues(answer).stream()
                .filter(issue -> issue.startsWith("warning " + TOLERANCE))
                .map(issue -> issue.replaceFirst("warning (\\S+).*", "$1"));
        Stream<String> accepted = Scene.warnings(answer).stream().filter(code -> code.startsWith(TOLERANCE));
        return Stream.concat(refused, accepted).distinct().sorted().toList();
    }

    /** Adds a line to the table. */
    static void tell(String file, Level level, Answer answer) {
        String reasons = Stream.of(errors(answer), tolerated(answer))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n      ", "\n      ", ""))
                .stripTrailing();
        ROWS.put(file + " " + level.name().toLowerCase(Locale.ROOT), answer.status() + reasons);
        try {
            Files.writeString(
                    REPORT,
                    ROWS.entrySet().stream()
                            .map(row -> row.getKey() + " " + row.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

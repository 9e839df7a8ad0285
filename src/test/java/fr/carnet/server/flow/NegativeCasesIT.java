package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.ALICE;
import static fr.carnet.server.flow.Scene.document;
import static fr.carnet.server.flow.Scene.published;
import static fr.carnet.server.flow.Scene.stored;
import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.flow.NegativeCase.Expected;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every faulty lot of {@code negative/lots.yaml}, sent in French and in English: the expected findings, each with its place
 * and its sentence; nothing stored, the refusal traced, nothing told of the inside.
 */
class NegativeCasesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INSIDE =
            Pattern.compile("Exception|fr\\.carnet\\.|ca\\.uhn|org\\.hl7|java\\.|\\bat \\w+\\(");
    private static final Document REPLACED = document();
    private static String replaceable;

    @BeforeAll
    static void replaceable() {
        replaceable = published(ALICE, REPLACED).replaceAll(".*/", "");
    }

    static List<NegativeCase> cases() {
        return NegativeCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isToldAsExpected(NegativeCase fault) throws IOException {
        List<Integer> before = stored();
        long traces = refusals();
        Told french = send(fault, "fr");
        Told english = send(fault, "en");
        assertThat(french.lines())
                .containsAll(fault.findings().stream()
                        .map(f -> Expected.of(f).issue())
                        .toList());
        assertThat(french.status()).as(french.lines().toString()).isEqualTo(fault.status());
        assertThat(english.status()).isEqualTo(french.status());
        assertThat(english.lines())
                .as("severity, code and place depend on no language")
                .isEqualTo(french.lines());
        for (Expected expected : fault.expected()) {
            assertSaid(french, expected, Locale.ROOT);
            assertSaid(english, expected, Locale.ENGLISH);
        }
        assertThat(french.text() + english.text()).doesNotContainPattern(INSIDE);
        if (fault.status() != 200) {
            assertThat(stored()).as("nothing is stored").isEqualTo(before);
            assertThat(refusals() - traces).as("both refusals are traced").isEqualTo(2);
            assertThat(french.text()).contains("correlation-id");
        }
    }

    /**
     * What was answered.
     *
     * @param status of the answer
     * @param issues of the outcome, or of the entries' outcomes
     * @param text the whole
     */
    private record Told(int status, List<JsonNode> issues, String text) {

        List<String> lines() {
            return issues.stream().map(Scene::issue).toList();
        }
    }

    private static Told send(NegativeCase fault, String language) throws IOException {
        HttpResponse<byte[]> answer = Scene.http(
                "POST",
                "",
                fault.bundle(replaceable, REPLACED.id()),
                "Authorization",
                "Bearer " + token("dr-martin", ALICE),
                "Content-Type",
                "application/fhir+json",
                "Accept-Language",
                language);
        JsonNode json = JSON.readTree(answer.body());
        List<JsonNode> issues = new ArrayList<>();
        json.findValues("issue").forEach(list -> list.forEach(issues::add));
        return new Told(answer.statusCode(), issues, new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** The sentence of the key, with whatever was found and expected. */
    private static void assertSaid(Told told, Expected expected, Locale locale) {
        Pattern sentence = sentence(expected.key(), locale);
        assertThat(told.issues().stream()
                        .filter(issue -> Scene.issue(issue).equals(expected.issue()))
                        .map(issue -> issue.at("/details/text").asText()))
                .anyMatch(text -> sentence.matcher(text).matches());
    }

    private static Pattern sentence(String key, Locale locale) {
        var bundle = ResourceBundle.getBundle(
                "messages/validation",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return Pattern.compile(List.of(bundle.getString(key).replace("''", "'").split("\\{\\d\\}", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    private static long refusals() {
        return Scene.SERVER
                .bean(DSLContext.class)
                .fetchSingle("select count(*) from carnet.trace where outcome = 'REFUSED' and http_status = 422"
                        + " and action = 'DEPOSIT'")
                .get(0, Long.class);
    }
}

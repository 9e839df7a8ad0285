package fr.carnet.server.flow;

import static fr.carnet.server.flow.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.Person;
import fr.carnet.server.cli.client.UniqueId;
import fr.carnet.server.flow.HttpExample.Message;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/td-flows.md} is true: each of its requests is sent, in its order, and answered as the page says. */
class TdFlowsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TRANSACTIONS = List.of(
            "TD0.2", "TD0.3", "TD1", "TD2.1", "TD3.1a", "TD3.1b", "TD3.1", "TD3.2", "TD3.3a", "TD3.3b", "TD3.3c",
            "TD3.3d");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "td-flows.md"));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsAnsweredAsThePageSays() throws IOException {
        var variables = new Variables(scene());
        List<HttpExample> examples = HttpExample.of(page());
        assertThat(examples).hasSizeGreaterThan(40);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example.title(), () -> play(example, variables)));
    }

    @Test
    void everyTransactionHasItsExample() throws IOException {
        List<HttpExample> examples = HttpExample.of(page());
        for (String transaction : TRANSACTIONS) {
            assertThat(page()).contains("\n## " + transaction + " — ");
            assertThat(page()).contains("| " + transaction);
        }
        assertThat(examples).anyMatch(e -> e.title().startsWith("TD3.3c"));
    }

    private static void play(HttpExample example, Variables variables) throws IOException {
        Message request = example.request();
        String[] first = variables.fill(request.first()).split(" ", 2);
        String[] headers = request.headers().entrySet().stream()
                .flatMap(h -> Stream.of(h.getKey(), variables.fill(h.getValue())))
                .toArray(String[]::new);
        byte[] body = variables.fill(request.body()).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = Scene.http(first[0], first[1], body, headers);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        Message stated = example.answer();
        assertThat("HTTP/1.1 " + answer.statusCode()).as(text).isEqualTo(stated.first());
        stated.headers().forEach((name, value) -> assertThat(answer.headers().allValues(name))
                .as(name)
                .anyMatch(told -> variables.match(value, told)));
        if (stated.body().startsWith("{")) {
            assertThat(variables.match(JSON.readTree(stated.body()), JSON.readTree(text)))
                    .as("stated:%n%s%nanswered:%n%s", stated.body(), text)
                    .isTrue();
        } else if (!stated.body().isEmpty()) {
            assertThat(variables.match(stated.body(), text)).as(text).isTrue();
        }
    }

    /** What the page says of its variables, for a patient and documents of our own. */
    private static Map<String, String> scene() {
        Person stranger = Scene.stranger();
        Person patient = new Person(
                Scene.stranger().ins(), "ESSAI", "JEAN", "JEAN PAUL", "1992-03-02", AdministrativeGender.MALE, "69123");
        Scene.led(patient, "OPENED_ACTIVATED", Instant.now().minus(1, ChronoUnit.DAYS));
        Scene.authorise("dr-martin", Scene.DR_MARTIN, patient);
        Scene.authorise("nurse-petit", Scene.NURSE_PETIT, patient);
        String ins = patient.ins().value();
        Instant now = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        Map<String, String> values = new HashMap<>(Map.of(
                "base", Scene.SERVER.root() + "/fhir",
                "ins", ins,
                "ins-inconnu", stranger.ins().value(),
                "maintenant", now.toString(),
                "jour", now.toString().substring(0, 10),
                "jeton-martin", token("dr-martin", patient),
                "jeton-leroy", token("dr-leroy", patient),
                "jeton-petit", token("nurse-petit", patient),
                "jeton-titulaire", token("hugo", patient, "subject", ins),
                "jeton-leroy-inconnu", token("dr-leroy", stranger)));
        for (String number : List.of("1", "2")) {
            UniqueId id = UniqueId.random();
            byte[] pdf = ("%PDF-1.4\n% " + id.oid()).getBytes(StandardCharsets.US_ASCII);
            Arrays.asList("lot-", "fiche-", "contenu-")
                    .forEach(name -> values.put(name + number, UUID.randomUUID().toString()));
            values.put("uniqueId-" + number, id.oid());
            values.put("uniqueId-lot-" + number, UniqueId.random().oid());
            values.put("pdf-" + number, Base64.getEncoder().encodeToString(pdf));
            values.put("taille-" + number, Integer.toString(pdf.length));
            values.put("hash-" + number, Base64.getEncoder().encodeToString(Document.sha1(pdf)));
        }
        return values;
    }
}

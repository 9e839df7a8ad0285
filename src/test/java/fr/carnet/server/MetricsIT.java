package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.carnet.outbox.OutboxRound;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.cli.client.Document.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is asked and what is refused can be counted, by words that name nobody. */
class MetricsIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String REQUESTS = "carnet_requests_seconds_count";
    private static final String REFUSALS = "carnet_refusals_total";

    private static Published document;
    private static String martin;

    @BeforeAll
    static void publish() {
        try (Consents consents = new Consents()) {
            consents.declare(Published.NESSI, "dr-martin", "899700100011");
            document = Published.of(Published.NESSI, Kind.CONSULTATION);
        }
        martin = SERVER.token("dr-martin");
    }

    private static void grows(String name, Map<String, String> labels, Runnable by) {
        double before = Scrape.take().sum(name, labels);
        by.run();
        // counted a moment after the client has its answer
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Scrape.take().sum(name, labels))
                        .as("%s%s", name, labels)
                        .isEqualTo(before + 1));
    }

    private static void get(String token, String path, int status) {
        assertThat(RawHttp.get(token, path).status()).as(path).isEqualTo(status);
    }

    @Test
    void requestsAreCountedByTransactionAndOutcome() {
        try (Consents consents = new Consents()) {
            consents.declare(Published.NESSI, "dr-martin", "899700100011");
            String search = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current";
            grows(REQUESTS, permitted("ITI-67"), () -> get(martin, search, 200));
            grows(
                    REQUESTS,
                    permitted("ITI-66"),
                    () -> get(
                            martin,
                            "List?code=submissionset&" + Published.of(Published.NESSI) + "&status=current",
                            200));
            grows(REQUESTS, permitted("read"), () -> get(martin, document.path(), 200));
            grows(REQUESTS, permitted("ITI-68"), () -> assertThat(RawHttp.send(
                                    martin,
                                    Ask.get("Binary/" + document.binary()).with("Accept", "*/*"))
                            .status())
                    .isEqualTo(200));
            grows(
                    "carnet_validation_seconds_count",
                    Map.of("part", "submission"),
                    () -> grows(REQUESTS, permitted("ITI-65"), () -> Published.of(Published.NESSI, Kind.CONSULTATION)));
        }
    }

    private static Map<String, String> permitted(String transaction) {
        return Map.of("transaction", transaction, "outcome", "permitted");
    }

    @Test
    void refusalsAreCountedByRule() {
        String nurse = SERVER.token("nurse-petit");
        String search = "DocumentReference?" + Published.of(Published.NESSI) + "&status=current";
        grows(
                REQUESTS,
                Map.of("transaction", "ITI-67", "outcome", "refused", "status", "403"),
                () -> grows(REFUSALS, Map.of("rule", "R36"), () -> get(nurse, search, 403)));
        // the answer says no more than of a document that there is not: the counter tells the rule
        double absent = Scrape.take().sum(REFUSALS, Map.of("rule", "not-found"));
        grows(REFUSALS, Map.of(), () -> get(nurse, document.path(), 404));
        assertThat(Scrape.take().sum(REFUSALS, Map.of("rule", "not-found"))).isEqualTo(absent);
        grows(REFUSALS, Map.of("rule", "not-found"), () -> get(nurse, "DocumentReference/none", 404));
        grows(REFUSALS, Map.of("rule", "unknown-parameter"), () -> get(martin, search + "&zzz=1", 400));
        grows(REFUSALS, Map.of("rule", "token-malformed"), () -> get("x", search, 401));
        grows(REFUSALS, Map.of("rule", "path-unknown"), () -> get("", SERVER.root() + "/nowhere", 404));
    }

    @Tag("R57")
    @Test
    void accessesInAnEmergencyAreCounted() {
        String urgentist = SERVER.token(
                "dr-urg",
                Map.of(
                        "patient", Published.NESSI.ins().value(),
                        "purpose", "bris_de_glace",
                        "reason", "inconsciente",
                        "unable_to_consent", "true",
                        "immediate_risk", "true"));
        grows(
                "carnet_emergency_accesses_total",
                Map.of("mode", "bris_de_glace"),
                () -> get(urgentist, "DocumentReference?" + Published.of(Published.NESSI) + "&status=current", 200));
    }

    @Test
    void everyAnswerWaitsForItsTrace() {
        grows(
                "carnet_trace_append_seconds_count",
                Map.of("outcome", "stored"),
                () -> get(martin, "DocumentReference/none", 404));
    }

    @Test
    void whatWaitsHasAnAge() {
        SERVER.bean(OutboxRound.class).run(SERVER.bean(Clock.class).instant());
        Scrape scrape = Scrape.take();
        Map<String, String> index = Map.of("channel", "text-index");
        assertThat(scrape.samples())
                .anyMatch(s -> s.name().equals("carnet_outbox_oldest_age_seconds")
                        && s.labels().equals(index));
        assertThat(scrape.samples())
                .anyMatch(s -> s.name().equals("carnet_outbox_entries")
                        && s.labels().equals(Map.of("channel", "text-index", "state", "WAITING")));
    }

    @Test
    void labelsAreWordsAndNoIds() {
        List<String> values = Scrape.take().samples().stream()
                .filter(sample -> sample.name().startsWith("carnet_"))
                .flatMap(sample -> sample.labels().values().stream())
                .distinct()
                .toList();
        assertThat(values).isNotEmpty().allMatch(value -> value.matches("[A-Za-z0-9+._-]{1,60}"));
        assertThat(values).noneMatch(value -> value.matches(".*\\d{6}.*|[0-9a-f-]{32,36}"));
    }
}

package fr.carnet.trace.feed;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.outbox.Delivery;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One round against a repository on this machine. */
class AuditRepositoryTest {

    private LocalRepository there;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        there = new LocalRepository();
    }

    @AfterEach
    void stop() {
        there.close();
    }

    private static AuditRepository at(URI url, Path tokenFile, Duration timeout) {
        var settings = new FeedSettings(url, tokenFile, Duration.ofSeconds(5), timeout);
        return new AuditRepository(settings, LocalRepository.FHIR, "https://dmp.example/fhir");
    }

    private Map<String, Delivery> send(String... ids) {
        return at(there.url(), null, Duration.ofSeconds(20)).send(events(ids));
    }

    private static List<AuditEvent> events(String... ids) {
        return List.of(ids).stream()
                .map(id -> (AuditEvent) new AuditEvent().setId(id))
                .toList();
    }

    @Test
    void roundIsOneBatchOfCreations() {
        assertThat(send("a", "b"))
                .containsOnly(Map.entry("a", new Delivery.Done()), Map.entry("b", new Delivery.Done()));
        Bundle batch = LocalRepository.FHIR.newJsonParser().parseResource(Bundle.class, there.received.get(0));
        assertThat(there.received).hasSize(1);
        assertThat(batch.getType()).isEqualTo(BundleType.BATCH);
        assertThat(batch.getEntry())
                .extracting(BundleEntryComponent::getFullUrl)
                .containsExactly("https://dmp.example/fhir/AuditEvent/a", "https://dmp.example/fhir/AuditEvent/b");
        assertThat(batch.getEntry()).allSatisfy(entry -> {
            assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST);
            assertThat(entry.getRequest().getUrl()).isEqualTo("AuditEvent");
        });
        assertThat(there.headers).containsExactly("application/fhir+json null");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Done",
        "201 Created, Done",
        "400 Bad Request, Refused",
        "422, Refused",
        "408, Deferred",
        "429 Too Many Requests, Deferred",
        "500, Deferred",
        "503 Busy, Deferred",
        "304, Deferred",
        "created, Unknown",
        "2011, Unknown"
    })
    void statusOfAnEntryTellsWhatBecameOfIt(String status, String outcome) {
        there.answer = id -> id.equals("b") ? status : "201";
        Map<String, Delivery> outcomes = send("a", "b");
        assertThat(outcomes.get("a")).isEqualTo(new Delivery.Done());
        assertThat(outcomes.get("b").getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 413, 500, 503})
    void repositoryThatTakesNoBatchIsNotReached(int status) {
        there.status = status;
        assertThat(send("a", "b")).hasSize(2).containsEntry("a", new Delivery.Unreachable("http-" + status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thanks", "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\"}", "{}"})
    void unreadableAnswerLeavesOpenWhetherItArrived(String body) {
        there.body = body;
        assertThat(send("a").get("a")).isEqualTo(new Delivery.Unknown("unreadable-answer"));
    }

    @Test
    void nobodyListening() throws IOException {
        URI url;
        try (ServerSocket free = new ServerSocket(0)) {
            url = URI.create("http://localhost:" + free.getLocalPort() + "/fhir");
        }
        assertThat(at(url, null, Duration.ofSeconds(20)).send(events("a")))
                .containsEntry("a", new Delivery.Unreachable("no-connection"));
    }

    @Test
    void silenceEndsWithTheTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            URI url = URI.create("http://localhost:" + silent.getLocalPort() + "/fhir");
            assertThat(at(url, null, Duration.ofMillis(300)).send(events("a")))
                    .containsEntry("a", new Delivery.Unreachable("timeout"));
        }
    }

    @Test
    void tokenIsReadAnewForEachRound() throws IOException {
        Path file = folder.resolve("token");
        AuditRepository repository = at(there.url(), file, Duration.ofSeconds(20));
        assertThat(repository.send(events("a"))).containsEntry("a", new Delivery.Unreachable("token-file"));
        Files.writeString(file, "first\n");
        repository.send(events("a"));
        Files.writeString(file, "second\n");
        repository.send(events("a"));
        assertThat(there.headers)
                .containsExactly("application/fhir+json Bearer first", "application/fhir+json Bearer second");
    }
}

package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.carnet.server.cli.client.Call;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server without a collector, as most are: no span is made, everything is counted, jobs run. */
class SpansOffIT {

    @Test
    void withoutACollectorEverythingIsCountedAllTheSame() throws IOException {
        try (ChildServer server = new ChildServer("spans-off", List.of())) {
            server.start();
            URI management = server.sandbox().management();
            String alice = server.sandbox().token("alice", Map.of());
            String search =
                    "Patient?identifier=" + Call.escaped(Publication.ALICE.ins().token());
            assertThat(server.sandbox()
                            .send(alice, Call.get(search, "application/fhir+json"))
                            .status())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Scrape scrape = Scrape.of(management);
                assertThat(scrape.sum("carnet_requests_seconds_count", Map.of("transaction", "ITI-78")))
                        .isEqualTo(1);
                assertThat(scrape.sum("tasks_scheduled_execution_seconds_count", Map.of("outcome", "SUCCESS")))
                        .isPositive();
                assertThat(scrape.sum("tasks_scheduled_execution_seconds_count", Map.of("outcome", "ERROR")))
                        .isZero();
            });
        }
    }
}

package fr.carnet.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.cli.client.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void percentilesAreNearestRank() {
        var latencies = new Latencies();
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.percentileMillis(50)).isEqualTo(50);
        assertThat(latencies.percentileMillis(99)).isEqualTo(99);
        assertThat(latencies.percentileMillis(100)).isEqualTo(100);
        assertThat(new Latencies().percentileMillis(99)).isZero();
    }

    @Test
    void latenciesOfManyThreadsAreOne() {
        var one = new Latencies();
        var other = new Latencies();
        for (int i = 0; i < 3000; i++) {
            one.add(1_000_000);
            other.add(3_000_000);
        }
        Latencies merged = Latencies.merged(List.of(one, other));
        assertThat(merged.count()).isEqualTo(6000);
        assertThat(merged.percentileMillis(50)).isEqualTo(1);
        assertThat(merged.percentileMillis(51)).isEqualTo(3);
    }

    @Test
    void cpuIsDividedAmongTheOperations() {
        var latencies = new Latencies();
        for (int i = 0; i < 200; i++) {
            latencies.add(2_000_000);
        }
        var before = new Figures.Moment(Optional.of(new Usage(1000, 0)), Optional.empty(), 0);
        var after = new Figures.Moment(Optional.of(new Usage(1500, 3 << 20)), Optional.empty(), 2_000_000_000L);
        String json = Figures.of("iti67", 4, new ClosedLoop.Outcome(latencies, 1), before, after)
                .json();
        assertThat(json)
                .startsWith("{\"workload\":\"iti67\",\"concurrency\":4,\"seconds\":2.0,\"operations\":200,\"errors\":1")
                .contains(
                        "\"ops_per_second\":100.0", "\"p95_ms\":2.0", "\"p99_ms\":2.0", "\"server_cpu_ms_per_op\":2.5")
                .contains("\"server_resident_mb\":3.0", "\"postgresql_cpu_ms_per_op\":null")
                .doesNotContain("\n");
    }

    @Test
    void closedLoopCountsWhatFailed() throws InterruptedException {
        var calls = new AtomicInteger();
        ClosedLoop.Outcome outcome = ClosedLoop.run(
                () -> {
                    int call = calls.incrementAndGet();
                    if (call % 3 == 0) {
                        throw new IOException("refused");
                    }
                    return call % 3 == 1;
                },
                2,
                Duration.ofMillis(50));
        assertThat(outcome.latencies().count() + outcome.errors()).isEqualTo(calls.get());
        assertThat(outcome.errors())
                .isGreaterThanOrEqualTo(calls.get() * 2L / 3 - 1)
                .isPositive();
    }

    @Test
    void searchAnswerIsCheckedByItsTotal() {
        assertThat(Workload.tellsTotal(answer(200, "{\"total\":20,\"entry\":[]}"), 20))
                .isTrue();
        assertThat(Workload.tellsTotal(answer(200, "{\"total\": 200}"), 20)).isFalse();
        assertThat(Workload.tellsTotal(answer(403, "{\"total\":20}"), 20)).isFalse();
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }
}

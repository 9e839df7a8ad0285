package fr.carnet.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.caller.DoorError;
import fr.carnet.caller.DoorTrace.Attempt;
import fr.carnet.trace.TraceEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R92")
class DoorTracesTest {

    private final List<TraceEntry> stored = new ArrayList<>();

    @Test
    void attemptsAreTracedOneByOneUpToTheBound() {
        var traces = new DoorTraces(stored::add, "2026.1", 5);
        IntStream.range(0, 1_000).forEach(i -> traces.refused(attempt()));
        assertThat(stored).hasSize(5);
        assertThat(stored).allMatch(entry -> entry.verdict().resultCount().isEmpty());
    }

    @Test
    void whatWasNotTracedIsCountedByTheNextThatIs() throws InterruptedException {
        var traces = new DoorTraces(stored::add, "2026.1", 600);
        int sent = 2_000;
        IntStream.range(0, sent).forEach(i -> traces.refused(attempt()));
        int untold = sent - stored.size();
        assertThat(untold).isPositive();
        Thread.sleep(200);
        int before = stored.size();
        traces.refused(attempt());
        assertThat(stored).hasSize(before + 1);
        int told = stored.stream()
                .mapToInt(entry -> entry.verdict().resultCount().orElse(0))
                .sum();
        assertThat(told + stored.size()).isEqualTo(sent + 1);
    }

    @Test
    void whatCannotBeTracedIsStillRefusedAnAnswer() {
        var traces = new DoorTraces(
                entry -> {
                    throw new IllegalStateException("full");
                },
                "2026.1",
                5);
        assertThatThrownBy(() -> traces.refused(attempt())).hasMessage("full");
    }

    private static Attempt attempt() {
        return new Attempt(
                Instant.parse("2026-11-22T10:00:00Z"),
                "c0ffee",
                DoorError.TOKEN_MISSING,
                "GET",
                "/fhir/Patient",
                "192.0.2.7");
    }
}

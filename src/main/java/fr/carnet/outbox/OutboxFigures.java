package fr.carnet.outbox;

import fr.carnet.outbox.OutboxLedger.Figure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Depth and age of the outbox as gauges. The table is asked by the rounds, every ten seconds or so, never by who reads the
 * gauges; the age grows between two rounds, and goes on to grow if there are none.
 */
final class OutboxFigures {

    private static final Duration OLD = Duration.ofSeconds(10);
    private static final String WAITING = State.WAITING.name();

    private final OutboxLedger ledger;
    private final List<String> channels;
    private final Clock clock;
    private final MultiGauge entries;
    private final MultiGauge ages;
    private Instant taken = Instant.MIN;

    /** @param channels told even when nothing waits in them */
    OutboxFigures(OutboxLedger ledger, List<String> channels, Clock clock, MeterRegistry meters) {
        this.ledger = ledger;
        this.channels = List.copyOf(channels);
        this.clock = clock;
        entries = MultiGauge.builder("carnet.outbox.entries")
                .description(
                        "Entries of the outbox, the same on every node: waiting, given up, perhaps delivered twice")
                .register(meters);
        ages = MultiGauge.builder("carnet.outbox.oldest.age")
                .description("How long the oldest entry that waits has been due, the same on every node")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Once more, unless it was done a moment ago. */
    synchronized void takeIfOld() {
        if (Duration.between(taken, clock.instant()).abs().compareTo(OLD) > 0) {
            take();
        }
    }

    synchronized void take() {
        List<Figure> figures = ledger.figures();
        taken = clock.instant();
        Stream<Row<?>> none = channels.stream()
                .filter(channel -> figures.stream()
                        .noneMatch(f -> isWaiting(f) && f.channel().equals(channel)))
                .map(channel -> Row.of(tags(channel, WAITING), 0));
        Stream<Row<?>> some = figures.stream().map(f -> Row.of(tags(f.channel(), f.state()), f.count()));
        entries.register(Stream.concat(none, some).collect(Collectors.toList()), true);
        Map<String, Instant> oldest = figures.stream()
                .filter(OutboxFigures::isWaiting)
                .collect(Collectors.toMap(Figure::channel, Figure::oldest));
        ages.register(
                Stream.concat(channels.stream(), oldest.keySet().stream())
                        .distinct()
                        .<Row<?>>map(channel -> Row.of(
                                Tags.of("channel", channel), Optional.ofNullable(oldest.get(channel)), this::age))
                        .toList(),
                true);
    }

    /** In seconds; 0 where nothing waits, or nothing is due yet. */
    private double age(Optional<Instant> due) {
        return due.map(since -> (double)
                        Math.max(0, Duration.between(since, clock.instant()).toSeconds()))
                .orElse(0.0);
    }

    private static boolean isWaiting(Figure figure) {
        return figure.state().equals(WAITING);
    }

    private static Tags tags(String channel, String state) {
        return Tags.of("channel", channel, "state", state);
    }
}

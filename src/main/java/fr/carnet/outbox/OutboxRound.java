package fr.carnet.outbox;

import fr.carnet.shared.PromptJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.ScopedSpan;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, channel by channel. Several nodes share the work: each takes its part for the time of a lease. What a
 * node that died had in hand is tried again when the lease has run out, and counted as possibly delivered twice if the
 * courier had it.
 */
public final class OutboxRound implements PromptJob {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRound.class);

    private final OutboxTable table;
    private final List<Courier> couriers;
    private final OutboxSettings settings;
    private final BackOff backOff;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Tracer tracer;
    private final OutboxFigures figures;

    OutboxRound(
            OutboxTable table,
            OutboxLedger ledger,
            List<Courier> couriers,
            OutboxSettings settings,
            BackOff backOff,
            Clock clock,
            MeterRegistry meters,
            Tracer tracer) {
        this.table = table;
        this.couriers = List.copyOf(couriers);
        this.settings = settings;
        this.backOff = backOff;
        this.clock = clock;
        this.meters = meters;
        this.tracer = tracer;
        figures = new OutboxFigures(
                ledger, couriers.stream().map(Courier::channel).toList(), clock, meters);
    }

    @Override
    public void run(Instant now) {
        deliverInTurn(couriers, now);
        table.forgetFinishedBefore(now.minus(settings.keepDelivered()));
        figures.take();
    }

    /** Delivers what is due in one channel, and that alone. */
    public void run(Instant now, String channel) {
        deliverInTurn(
                couriers.stream()
                        .filter(courier -> courier.channel().equals(channel))
                        .toList(),
                now);
    }

    /** A batch each, and again: no channel waits until a long one is empty. */
    private void deliverInTurn(List<Courier> all, Instant now) {
        List<Courier> going = new ArrayList<>(all);
        while (!going.isEmpty()) {
            going.removeIf(courier -> !deliverSome(courier, now));
            figures.takeIfOld();
        }
    }

    /** False once there is nothing more to be done in its channel. */
    private boolean deliverSome(Courier courier, Instant now) {
        try {
            return courier.isOpen() && deliver(courier, now);
        } catch (RuntimeException e) {
            // the other channels do not wait for it; what it held is tried again when its lease has run out
            LOG.error("channel {} failed: {}", courier.channel(), e.getClass().getName());
            return false;
        }
    }

    private boolean deliver(Courier courier, Instant now) {
        UUID round = UUID.randomUUID();
        Instant taken = clock.instant();
        List<Parcel> parcels =
                table.take(courier.channel(), round, now, taken.plus(settings.lease()), settings.batch());
        if (parcels.isEmpty()) {
            return false;
        }
        boolean reachable;
        ScopedSpan span = tracer.startScopedSpan("outbox").tag("channel", courier.channel());
        try (Courier.Errand errand = courier.prepare(parcels, now)) {
            reachable = deliver(parcels, errand, round);
        } finally {
            span.end();
        }
        table.release(round);
        return reachable;
    }

    /** False once the channel is found unreachable. */
    private boolean deliver(List<Parcel> parcels, Courier.Errand errand, UUID round) {
        for (Parcel parcel : parcels) {
            Instant start = clock.instant();
            if (!table.start(parcel, round, start, start.plus(settings.lease()))) {
                continue;
            }
            Delivery delivery = attempt(parcel, errand);
            settle(parcel, round, delivery);
            count(parcel.channel(), delivery);
            if (delivery instanceof Delivery.Unreachable) {
                return false;
            }
        }
        return true;
    }

    private void count(String channel, Delivery delivery) {
        Counter.builder("carnet.outbox.attempts")
                .description("Attempts to deliver an entry of the outbox")
                .tag("channel", channel)
                .tag("outcome", delivery.getClass().getSimpleName())
                .register(meters)
                .increment();
    }

    private static Delivery attempt(Parcel parcel, Courier.Errand errand) {
        try {
            return errand.deliver(parcel);
        } catch (RuntimeException e) {
            LOG.error("{} failed: {}", parcel, e.getClass().getName());
            return new Delivery.Unknown(e.getClass().getSimpleName());
        }
    }

    private void settle(Parcel parcel, UUID round, Delivery delivery) {
        Instant now = clock.instant();
        if (delivery instanceof Delivery.Done) {
            table.finish(parcel, round, State.SENT, null, now);
        } else if (delivery instanceof Delivery.Withdrawn withdrawn) {
            table.finish(parcel, round, State.WITHDRAWN, withdrawn.code(), now);
        } else if (delivery instanceof Delivery.Refused refused) {
            table.finish(parcel, round, State.DEAD, refused.code(), now);
        } else if (delivery instanceof Delivery.Deferred deferred) {
            again(parcel, round, deferred.code(), false, now);
        } else if (delivery instanceof Delivery.Unreachable unreachable) {
            again(parcel, round, unreachable.code(), false, now);
        } else if (delivery instanceof Delivery.Unknown unknown) {
            again(parcel, round, unknown.code(), true, now);
        }
    }

    private void again(Parcel parcel, UUID round, String code, boolean uncertain, Instant now) {
        if (parcel.triedFrom().plus(settings.giveUpAfter()).isBefore(now)) {
            table.finish(parcel, round, State.DEAD, code, now);
        } else {
            table.defer(parcel, round, code, uncertain, now.plus(backOff.after(parcel.attempt())));
        }
    }
}

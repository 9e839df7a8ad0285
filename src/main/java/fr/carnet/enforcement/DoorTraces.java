package fr.carnet.enforcement;

import fr.carnet.caller.DoorTrace;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Traces what got no further than the door, but not without bound: whoever has no token must not be able to fill the disk.
 * What is beyond the bound is counted, and the next trace tells the number, as its number of results.
 */
final class DoorTraces implements DoorTrace {

    private final Consumer<TraceEntry> traces;
    private final String policyVersion;
    private final AtomicInteger untold = new AtomicInteger();
    private final Bucket bound;

    /**
     * @param traces stores one, or throws
     * @param perMinute how many are traced one by one in the long run, and at once
     */
    DoorTraces(Consumer<TraceEntry> traces, String policyVersion, int perMinute) {
        this.traces = traces;
        this.policyVersion = policyVersion;
        this.bound = Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }

    @Override
    public void refused(Attempt attempt) {
        if (!bound.tryConsume(1)) {
            untold.incrementAndGet();
            return;
        }
        int others = untold.getAndSet(0);
        try {
            traces.accept(entry(attempt, others));
        } catch (RuntimeException e) {
            untold.addAndGet(others);
            throw e;
        }
    }

    private TraceEntry entry(Attempt attempt, int others) {
        return TraceEntry.at(
                attempt.at(),
                Optional.empty(),
                Optional.empty(),
                new TracedRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(attempt.remoteAddress()),
                        attempt.correlationId()),
                Circumstances.UNKNOWN,
                new Verdict(
                        Outcome.REFUSED,
                        Optional.of(new RuleRef("door", attempt.error().code())),
                        policyVersion,
                        attempt.error().status(),
                        Optional.of(others).filter(number -> number > 0)),
                List.of());
    }
}

package fr.carnet.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that runs, and can be set: what issuer, door, policy and jobs read in the sandbox. */
public final class SandboxClock extends Clock {

    private final Clock real;
    private final AtomicReference<Duration> offset;

    SandboxClock(Clock real) {
        this(real, new AtomicReference<>(Duration.ZERO));
    }

    private SandboxClock(Clock real, AtomicReference<Duration> offset) {
        this.real = real;
        this.offset = offset;
    }

    /** Goes on from that instant. */
    void moveTo(Instant instant) {
        offset.set(Duration.between(real.instant(), instant));
    }

    /** Shows the real time again. */
    void reset() {
        offset.set(Duration.ZERO);
    }

    /** Distance from the real time. */
    Duration offset() {
        return offset.get();
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    /** The same clock in another zone: it moves along. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new SandboxClock(real.withZone(zone), offset);
    }
}

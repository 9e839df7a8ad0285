package fr.carnet.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: they double, up to a longest one, and vary so that not all come back at once. */
record BackOff(Duration first, Duration longest, RandomGenerator random) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * Between half of the pause and the whole of it.
     *
     * @param attempt 1 after the first
     */
    Duration after(int attempt) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        long whole = (doubled.compareTo(longest) < 0 ? doubled : longest).toMillis();
        return Duration.ofMillis(whole / 2 + random.nextLong(whole - whole / 2 + 1));
    }
}

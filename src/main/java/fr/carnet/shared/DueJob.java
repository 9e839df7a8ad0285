package fr.carnet.shared;

import java.time.Instant;

/** Work that falls due by the passing of time (openings, announcements, retention). */
@FunctionalInterface
public interface DueJob {

    /**
     * Does what is due, and nothing twice. It only materialises what follows from dates: an answer never waits for it.
     *
     * @param now the instant up to which work is due
     */
    void run(Instant now);
}

package fr.carnet.caller;

import java.time.Instant;

/** Where refusals at the door are traced (R92). Called before the answer leaves. */
@FunctionalInterface
public interface DoorTrace {

    /**
     * Stores one attempt durably.
     *
     * @throws RuntimeException if it cannot be stored; the door then answers 503 instead
     */
    void refused(Attempt attempt);

    /**
     * An attempt that got no further than the door.
     *
     * @param at when
     * @param correlationId id of the answer
     * @param error why it was refused
     * @param method HTTP method
     * @param path without the query, which may hold personal data
     * @param remoteAddress address of the peer
     */
    record Attempt(
            Instant at, String correlationId, DoorError error, String method, String path, String remoteAddress) {}
}

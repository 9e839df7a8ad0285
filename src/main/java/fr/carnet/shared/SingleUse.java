package fr.carnet.shared;

import java.time.Instant;

/**
 * Remembers the assertions and proofs that were used, so that none is used twice (R83, RFC 9449 §11.1); shared by all nodes
 * of the server.
 */
public interface SingleUse {

    /**
     * True the first time that an id is shown, false ever after until it may be forgotten.
     *
     * @param id sort of assertion, structure that made it, and its own id; at most 400 characters
     * @param until the assertion is refused as stale from then on, and need not be remembered
     * @throws RuntimeException if it cannot be known: the assertion is then not accepted
     */
    boolean first(String id, Instant until);
}

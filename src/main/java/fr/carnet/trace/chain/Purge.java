package fr.carnet.trace.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/**
 * What is left of rows that were destroyed because they had been kept long enough (R95).
 *
 * @param chain whose rows
 * @param place of the last one that was destroyed
 * @param hash of that row: what comes after follows it
 * @param reason why, e.g. {@code R95}
 * @param at when, to the microsecond
 */
record Purge(String chain, long place, Hash hash, String reason, Instant at) {

    Purge {
        Objects.requireNonNull(chain);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(at);
    }

    /** What is signed. */
    byte[] text() {
        return String.join("\n", "carnet-trace-purge-1", chain, Long.toString(place), hash.hex(), reason, at.toString())
                .getBytes(StandardCharsets.UTF_8);
    }
}

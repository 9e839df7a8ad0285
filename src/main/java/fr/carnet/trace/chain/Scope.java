package fr.carnet.trace.chain;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of the traces is verified.
 *
 * @param patient FHIR id of the one record; empty for all
 * @param since first instant; empty from the beginning
 */
public record Scope(Optional<String> patient, Optional<Instant> since) {

    /** @throws NullPointerException if a component is missing */
    public Scope {
        Objects.requireNonNull(patient);
        Objects.requireNonNull(since);
    }

    /** Everything. */
    public static Scope all() {
        return new Scope(Optional.empty(), Optional.empty());
    }

    boolean has(String chain) {
        return patient.map(id -> chain.equals("Patient/" + id)).orElse(true);
    }
}

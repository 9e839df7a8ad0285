package fr.carnet.shared;

import java.util.Optional;

/**
 * Business identifier as a FHIR search token, {@code system|value}, where both parts are required.
 *
 * @param system domain, e.g. {@code urn:oid:1.2.250.1.213.1.4.8}
 * @param value identifier in it
 */
public record IdentifierToken(String system, String value) {

    /** Reads a token; empty when it is none, or has no system. */
    public static Optional<IdentifierToken> parse(String token) {
        String[] parts = token.split("\\|", -1);
        return parts.length == 2 ? Optional.of(new IdentifierToken(parts[0], parts[1])) : Optional.empty();
    }

    /**
     * Reads the one value of a parameter that must be such a token.
     *
     * @param parameter its name, for the error
     * @param values as received; null when absent
     * @throws Fault 400 when there is none, more than one, or no token
     */
    public static IdentifierToken of(String parameter, String... values) {
        return Optional.ofNullable(values)
                .filter(all -> all.length == 1)
                .flatMap(all -> parse(all[0]))
                .orElseThrow(() -> Fault.of(400, "invalid-identifier", parameter));
    }

    /** Personal data stays out of logs: only the domain is shown. */
    @Override
    public String toString() {
        return "IdentifierToken[" + system + "]";
    }
}

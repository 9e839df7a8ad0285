package fr.carnet.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Form of {@code POST /sandbox/token}. An absent field takes its default; an empty one leaves its claim out, so that the
 * server is seen to refuse an incomplete token.
 *
 * @param fields fields as sent
 */
record TokenRequest(Map<String, String> fields) {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String EVERY_SCOPE = "urn:dmp";

    TokenRequest {
        fields = Map.copyOf(fields);
    }

    String actor() {
        return fields.getOrDefault("actor", "");
    }

    /** The field, else its default; empty when sent empty. */
    Optional<String> or(String field, String byDefault) {
        return Optional.of(fields.getOrDefault(field, byDefault)).filter(value -> !value.isEmpty());
    }

    /** The field, else the default of the actor, if any. */
    Optional<String> or(String field, Optional<String> byDefault) {
        return fields.containsKey(field) ? or(field, "") : byDefault;
    }

    String scope() {
        return or("scope", EVERY_SCOPE).orElse("");
    }

    boolean flag(String field) {
        return Boolean.parseBoolean(fields.get(field));
    }

    /** @throws SandboxError if it is not a number of seconds */
    Duration lifetime() {
        try {
            return or("ttl", Long.toString(LIFETIME.toSeconds()))
                    .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
                    .orElse(LIFETIME);
        } catch (NumberFormatException e) {
            throw new SandboxError("Le champ « ttl » est un nombre entier de secondes.");
        }
    }
}

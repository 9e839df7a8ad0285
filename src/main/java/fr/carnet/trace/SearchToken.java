package fr.carnet.trace;

import java.util.Optional;

/**
 * A FHIR token: {@code code}, {@code system|code} or {@code |code}.
 *
 * @param system wanted; {@code ""} = one that has none; empty = any
 * @param code wanted
 */
record SearchToken(Optional<String> system, String code) {

    static SearchToken of(String text) {
        int bar = text.indexOf('|');
        return bar < 0
                ? new SearchToken(Optional.empty(), text)
                : new SearchToken(Optional.of(text.substring(0, bar)), text.substring(bar + 1));
    }

    /** True if codes of this system are wanted; {@code ""} for what has none. */
    boolean isOf(String other) {
        return system.isEmpty() || system.get().equals(other);
    }

    boolean is(String otherSystem, String otherCode) {
        return isOf(otherSystem) && code.equals(otherCode);
    }
}

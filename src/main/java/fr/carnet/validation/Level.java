package fr.carnet.validation;

import java.util.Locale;
import java.util.Optional;

/** How strictly a submission is held to what is written. */
public enum Level {
    /** As written. */
    STRICT,
    /** What real senders get wrong where nothing is at risk is accepted, and told: see {@link Tolerance}. */
    LENIENT;

    /** {@code strict} or {@code lenient}, as written in {@code Prefer: handling=}; empty for anything else. */
    public static Optional<Level> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "strict" -> Optional.of(STRICT);
            case "lenient" -> Optional.of(LENIENT);
            default -> Optional.empty();
        };
    }
}

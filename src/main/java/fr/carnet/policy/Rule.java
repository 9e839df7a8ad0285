package fr.carnet.policy;

import java.util.Locale;

/**
 * Rule catalogue: every rule of the published rule book that can permit or refuse here.
 *
 * <p>A rule id is the number of the rule book and a readable slug; one rule may refuse in two ways, hence two slugs. Texts
 * live in the message bundles {@code rules} (fr, en), keyed {@code R36.no-consent}.
 */
public enum Rule {
    R1_INS_INVALID(1, 422),
    R36_NO_CONSENT(36, 403);

    private final int number;
    private final int status;

    Rule(int number, int status) {
        this.number = number;
        this.status = status;
    }

    /** {@code R} and the number of the rule book. */
    public String id() {
        return "R" + number;
    }

    /** Readable part of the id, e.g. {@code no-consent}. */
    public String slug() {
        return name().substring(name().indexOf('_') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** HTTP status of a refusal by this rule that is said; 200 for rules that only permit. */
    public int status() {
        return status;
    }

    /** Key of the sentences in the message bundles. */
    public String messageKey() {
        return id() + "." + slug();
    }
}

package fr.carnet.document;

import fr.carnet.policy.CallerKeys;
import org.jooq.Condition;

/** What a row must fulfil. What a caller may not see fulfils nothing for him, so a criterion is asked under his keys. */
@FunctionalInterface
interface Criterion {

    Condition under(CallerKeys keys);

    /** A criterion on the row alone. */
    static Criterion of(Condition condition) {
        return keys -> condition;
    }
}

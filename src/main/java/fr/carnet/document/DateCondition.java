package fr.carnet.document;

import fr.carnet.shared.FhirInterval;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * A searched date as a condition on stored intervals, by the words of FHIR R4: {@code eq} the searched one contains the
 * stored one, {@code gt} the stored one reaches beyond it, {@code ge} either, {@code sa} the stored one begins after it.
 *
 * @param interval as searched
 */
record DateCondition(FhirInterval interval) {

    /**
     * The condition.
     *
     * @param from beginning of the stored interval, inclusive; null where nothing is stored
     * @param to its end, exclusive; null where nothing is stored
     */
    Condition on(Field<OffsetDateTime> from, Field<OffsetDateTime> to) {
        OffsetDateTime start = interval.start();
        OffsetDateTime end = interval.end();
        Condition contained = from.ge(start).and(to.le(end));
        return switch (interval.comparator()) {
            case EQ -> contained;
            case NE -> DSL.not(contained);
            case GT -> to.gt(end);
            case GE -> to.gt(end).or(contained);
            case LT -> from.lt(start);
            case LE -> from.lt(start).or(contained);
            case SA -> from.ge(end);
            case EB -> to.le(start);
        };
    }
}

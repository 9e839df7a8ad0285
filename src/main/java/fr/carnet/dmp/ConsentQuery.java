package fr.carnet.dmp;

import fr.carnet.policy.ConsentFacts.Concerns;
import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.policy.Judgement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which choices on a record are asked for, and of these the ones that the caller may see (R91, R144): the same as the policy
 * says of each, so that totals and pages are honest.
 *
 * @param judgement who asks, of whose record
 * @param active by status; empty: all
 * @param kind by category; empty: all
 */
record ConsentQuery(Judgement judgement, Optional<Boolean> active, Optional<Kind> kind) {

    private static final Table<Record> CONSENT = DSL.table(DSL.name("carnet", "consent"));
    private static final List<String> OPENING = Arrays.stream(Kind.values())
            .filter(k -> k.permits() && k.concerns() == Concerns.PROFESSIONAL)
            .map(Enum::name)
            .toList();

    int count(DSLContext dsl) {
        return dsl.fetchCount(CONSENT, condition());
    }

    /** Ids of a page, the latest first. */
    List<String> page(DSLContext dsl, int offset, int size) {
        return dsl.select(text("id"))
                .from(CONSENT)
                .where(condition())
                .orderBy(DSL.field(DSL.name("declared_at")).desc(), text("id"))
                .offset(offset)
                .limit(size)
                .fetch(0, String.class);
    }

    private Condition condition() {
        Condition asked =
                text("patient_id").eq(judgement.patient().orElseThrow().id());
        if (active.isPresent()) {
            asked = asked.and(flag("active").eq(active.get()));
        }
        if (kind.isPresent()) {
            asked = asked.and(text("kind").eq(kind.get().name()));
        }
        return asked.and(visible());
    }

    private Condition visible() {
        String self = judgement.caller().subject();
        return switch (judgement.caller().kind()) {
            case HOLDER -> DSL.noCondition();
            case REPRESENTATIVE -> flag("secret").isFalse();
            case PROFESSIONAL ->
                text("declared_by")
                        .eq(self)
                        .or(text("concerned").eq(self).and(text("kind").in(OPENING)));
            case SYSTEM, OPERATOR, AUDITOR -> DSL.falseCondition();
        };
    }

    private static org.jooq.Field<String> text(String column) {
        return DSL.field(DSL.name(column), SQLDataType.CLOB);
    }

    private static org.jooq.Field<Boolean> flag(String column) {
        return DSL.field(DSL.name(column), SQLDataType.BOOLEAN);
    }
}

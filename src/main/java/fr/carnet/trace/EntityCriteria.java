package fr.carnet.trace;

import static fr.carnet.trace.ShownTraces.AT;
import static fr.carnet.trace.ShownTraces.IS_LIST;
import static fr.carnet.trace.ShownTraces.LINE;
import static fr.carnet.trace.ShownTraces.REF;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import fr.carnet.trace.AuditCodes.EntityRole;
import org.hl7.fhir.r4.model.Coding;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * The entities of an {@code AuditEvent} as conditions on rows: what {@link AuditEvents} makes of a row, said in SQL.
 *
 * @param shown to the viewer
 */
record EntityCriteria(ShownTraces shown) {

    private static final Condition IS_SEARCH = is(TraceRow.INTERACTION, Interaction.SEARCH.name());
    private static final Condition IS_SUBMISSION = is(TraceRow.TRANSACTION, AuditCodes.PROVIDE_BUNDLE);
    private static final Condition IS_CONTENT = is(TraceRow.TRANSACTION, AuditCodes.RETRIEVE);
    private static final Condition IS_TOKEN_ISSUE = is(TraceRow.TRANSACTION, AuditCodes.TOKEN_ISSUE);

    private static final Condition IS_REQUEST = not(IS_TOKEN_ISSUE).and(not(ShownTraces.IS_DECISION));

    /** Never null, so that it may be negated. */
    private static Condition is(Field<String> column, String value) {
        return column.isNotDistinctFrom(val(value));
    }

    /** {@code Type/id}. */
    Condition reference(String reference) {
        Condition line = shownLine(REF.eq(reference));
        if (reference.startsWith("Patient/")) {
            return line.or(shown.patient().and(TraceRow.PATIENT.eq(reference.substring("Patient/".length()))));
        }
        return reference.startsWith("Consent/")
                ? line.or(shown.consent().and(TraceRow.CONSENT.eq(reference.substring("Consent/".length()))))
                : line;
    }

    /** What is named by an identifier is the request alone, of which every reader is told. */
    Condition identifier(SearchToken token) {
        return token.isOf("") ? TraceRow.CORRELATION_ID.eq(token.code()).and(IS_REQUEST) : falseCondition();
    }

    Condition type(SearchToken token) {
        Coding object = AuditCodes.systemObject();
        return or(
                token.is(AuditCodes.person().getSystem(), AuditCodes.person().getCode())
                        ? shown.patient()
                        : falseCondition(),
                token.is(object.getSystem(), object.getCode()) ? isObject() : falseCondition(),
                token.is(
                                AuditCodes.correlation().getSystem(),
                                AuditCodes.correlation().getCode())
                        ? IS_REQUEST
                        : falseCondition(),
                token.is(AuditCodes.RESOURCE_TYPE, "Consent") ? shown.consent() : falseCondition(),
                token.isOf(AuditCodes.RESOURCE_TYPE) && token.code().matches("[A-Za-z]+")
                        ? shownLine(REF.like(token.code() + "/%").and(or(IS_SEARCH, AT.ne(coalesce(subject(), 0L)))))
                        : falseCondition());
    }

    Condition role(SearchToken token) {
        Condition wanted = falseCondition();
        for (EntityRole role : EntityRole.values()) {
            if (token.is(AuditCodes.ROLE, role.code())) {
                wanted = wanted.or(role(role));
            }
        }
        return wanted;
    }

    private Condition role(EntityRole role) {
        return switch (role) {
            case PATIENT -> shown.patient();
            case REPORT -> IS_CONTENT.and(shownLine(trueCondition()));
            case JOB -> IS_SUBMISSION.and(hasSubject());
            case QUERY -> or(IS_SEARCH, IS_TOKEN_ISSUE);
            case DOMAIN_RESOURCE ->
                or(
                        not(IS_CONTENT)
                                .and(shownLine(or(not(IS_SUBMISSION), IS_SEARCH, AT.ne(coalesce(subject(), 0L))))),
                        isOfThePatientItself());
        };
    }

    private Condition isObject() {
        return or(IS_SEARCH, IS_TOKEN_ISSUE, hasSubject(), isOfThePatientItself());
    }

    /** The place of the line that the request was about. */
    private Field<Long> subject() {
        return select(min(AT))
                .from(LINE)
                .where(shown.lines())
                .and(or(not(IS_SUBMISSION), IS_LIST))
                .asField();
    }

    private Condition hasSubject() {
        return not(IS_SEARCH).and(shownLine(or(not(IS_SUBMISSION), IS_LIST)));
    }

    private Condition isOfThePatientItself() {
        return not(IS_SEARCH)
                .and(is(TraceRow.RESOURCE_TYPE, "Patient"))
                .and(shown.patient())
                .and(notExists(selectOne().from(LINE).where(shown.lines())));
    }

    private Condition shownLine(Condition wanted) {
        return not(IS_TOKEN_ISSUE)
                .and(exists(selectOne().from(LINE).where(shown.lines()).and(wanted)));
    }
}

package fr.carnet.trace;

import static fr.carnet.trace.ShownTraces.IS_DECISION;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.trueCondition;

import fr.carnet.policy.Action;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.FhirInterval;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import fr.carnet.trace.TraceQuery.Criterion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * The parameters of a search as conditions on rows. They see of a row what its viewer is shown of it: a search for what is
 * hidden from him finds nothing.
 *
 * @param base public FHIR base URL, which names the server
 * @param shown to the viewer
 */
record TraceCriteria(String base, ShownTraces shown) {

    private static final Field<Instant> RECORDED = TraceRow.RECORDED_AT;
    private static final Condition IS_SUBMISSION = TraceRow.TRANSACTION.eq(AuditCodes.PROVIDE_BUNDLE);
    private static final Condition IS_TOKEN_ISSUE = TraceRow.TRANSACTION.eq(AuditCodes.TOKEN_ISSUE);

    Condition of(TraceQuery query) {
        return query.criteria().stream().map(this::of).reduce(noCondition(), Condition::and);
    }

    private Condition of(Criterion criterion) {
        return or(criterion.values().stream()
                .map(value -> of(criterion.parameter(), value))
                .toList());
    }

    private Condition of(String parameter, String value) {
        SearchToken token = SearchToken.of(value);
        return switch (parameter) {
            case "_id" -> id(value);
            case "date", "_lastUpdated" -> date(FhirInterval.parse(value).orElseThrow());
            case "agent" -> agent(value);
            case "agent.identifier" -> agentIdentifier(token);
            case "address" -> address(value);
            case "entity.identifier" -> new EntityCriteria(shown).identifier(token);
            case "entity" -> new EntityCriteria(shown).reference(relative(value));
            case "entity-type" -> new EntityCriteria(shown).type(token);
            case "entity-role" -> new EntityCriteria(shown).role(token);
            case "subtype" -> subtype(token);
            case "type" -> type(token);
            case "action" -> action(token);
            case "outcome" -> outcome(token);
            // the one source there is, named by its base
            case "source" -> value.equals(base) ? trueCondition() : falseCondition();
            case "source.identifier" -> token.is("", base) ? trueCondition() : falseCondition();
            default -> throw new IllegalArgumentException("no criterion: " + parameter);
        };
    }

    /** The dates of a search alone. */
    static Condition window(TraceQuery query) {
        return query.criteria().stream()
                .filter(criterion -> TraceQueries.DATES.contains(criterion.parameter()))
                .map(criterion -> or(criterion.values().stream()
                        .map(value -> date(FhirInterval.parse(value).orElseThrow()))
                        .toList()))
                .reduce(noCondition(), Condition::and);
    }

    /** The row of this id. */
    static Condition id(String value) {
        try {
            return TraceRow.ID.eq(UUID.fromString(value));
        } catch (IllegalArgumentException e) {
            return falseCondition();
        }
    }

    /** An event shows its instant to the millisecond. */
    private static Condition date(FhirInterval interval) {
        Instant start = interval.start().toInstant().truncatedTo(ChronoUnit.MILLIS);
        Instant end = interval.end().toInstant().truncatedTo(ChronoUnit.MILLIS);
        Condition within = RECORDED.ge(start).and(RECORDED.lt(end));
        return switch (interval.comparator()) {
            case EQ -> within;
            case NE -> not(within);
            case GT, SA -> RECORDED.ge(end);
            case GE -> RECORDED.ge(start);
            case LT, EB -> RECORDED.lt(start);
            case LE -> RECORDED.lt(end);
        };
    }

    /** A reference without what the server's own base adds. */
    private String relative(String reference) {
        return reference.startsWith(base + "/") ? reference.substring(base.length() + 1) : reference;
    }

    /** Only the holder is named by a resource of this server. */
    private Condition agent(String value) {
        String reference = relative(value);
        return reference.startsWith("Patient/")
                ? TraceRow.CALLER_KIND
                        .eq(CallerKind.HOLDER.name())
                        .and(shown.patient())
                        .and(TraceRow.PATIENT.eq(reference.substring("Patient/".length())))
                : falseCondition();
    }

    private Condition agentIdentifier(SearchToken token) {
        if (token.is("", base)) {
            return trueCondition();
        }
        Condition issued = token.system().map(TraceRow.TOKEN_ISSUER::eq).orElse(noCondition());
        Condition client = TraceRow.TOKEN_CLIENT.eq(token.code()).and(issued);
        Condition local = TraceRow.CALLER_KIND
                .notIn(CallerKind.PROFESSIONAL.name(), CallerKind.HOLDER.name())
                .and(TraceRow.CALLER_SUBJECT.eq(token.code()))
                .and(issued);
        Condition professional = token.isOf(IdNatPs.SYSTEM)
                ? TraceRow.CALLER_KIND.eq(CallerKind.PROFESSIONAL.name()).and(TraceRow.CALLER_SUBJECT.eq(token.code()))
                : falseCondition();
        Condition structure = token.isOf(StructureId.SYSTEM)
                ? TraceRow.STRUCTURE.eq(token.code()).and(not(IS_TOKEN_ISSUE).or(TraceRow.TRANSACTION.isNull()))
                : falseCondition();
        return or(client, local, professional, structure);
    }

    /** The beginning of an address, as FHIR searches text. That of the server is its base, which most events name. */
    private Condition address(String value) {
        boolean server = base.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
        return or(
                server ? not(IS_DECISION) : falseCondition(),
                shown.address().and(TraceRow.CLIENT_ADDRESS.startsWithIgnoreCase(value)));
    }

    private static Condition type(SearchToken token) {
        return or(
                token.is(AuditCodes.DCM, AuditCodes.imported().getCode()) ? IS_SUBMISSION : falseCondition(),
                token.is(AuditCodes.DCM, AuditCodes.authentication().getCode()) ? IS_TOKEN_ISSUE : falseCondition(),
                token.is(AuditCodes.DCM, AuditCodes.decision().getCode()) ? IS_DECISION : falseCondition(),
                token.is(AuditCodes.rest().getSystem(), AuditCodes.rest().getCode())
                        ? TraceRow.TRANSACTION
                                .isNull()
                                .or(TraceRow.TRANSACTION.notIn(
                                        AuditCodes.PROVIDE_BUNDLE, AuditCodes.TOKEN_ISSUE, AuditCodes.DECISION))
                        : falseCondition());
    }

    private static Condition subtype(SearchToken token) {
        List<String> interactions = Arrays.stream(Interaction.values())
                .filter(interaction -> token.is(AuditCodes.INTERACTION, interaction.code()))
                .map(Interaction::name)
                .toList();
        List<String> actions = Arrays.stream(Action.values())
                .map(Action::name)
                .filter(name -> token.is(AuditCodes.ACTION, name))
                .toList();
        Condition transaction = token.isOf(AuditCodes.IHE_EVENT) && token.code().startsWith("ITI-")
                ? TraceRow.TRANSACTION.eq(token.code())
                : falseCondition();
        Coding decided = AuditCodes.byConsent();
        Condition decision = token.is(decided.getSystem(), decided.getCode()) ? IS_DECISION : falseCondition();
        return or(TraceRow.INTERACTION.in(interactions), TraceRow.ACTION.in(actions), transaction, decision);
    }

    /** What could not be told apart was executed (E). */
    private static Condition action(SearchToken token) {
        if (!token.isOf("http://hl7.org/fhir/audit-event-action")) {
            return falseCondition();
        }
        Condition told = TraceRow.INTERACTION.in(Arrays.stream(Interaction.values())
                .filter(interaction -> interaction.action().equals(token.code()))
                .map(Interaction::name)
                .toList());
        return token.code().equals("E") ? told.or(TraceRow.INTERACTION.isNull()) : told;
    }

    private static Condition outcome(SearchToken token) {
        return TraceRow.OUTCOME.in(Arrays.stream(Verdict.Outcome.values())
                .filter(outcome -> token.is(
                        "http://terminology.hl7.org/CodeSystem/audit-event-outcome", AuditCodes.outcome(outcome)))
                .map(Verdict.Outcome::name)
                .toList());
    }
}

package fr.carnet.trace;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;

import fr.carnet.policy.Action;
import fr.carnet.shared.CallerKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/**
 * A professional sees his own accesses again, a machine those made in the name of its structure (R90, EX_AIR-120): as they
 * were answered then, so that nothing is learnt from a trace that the answer did not tell.
 *
 * <ul>
 *   <li>References are those that were disclosed or written; there are no titles, and neither query nor network address.
 *   <li>What was refused, and a question whether there is a record, names no patient: whether he has one, and whose a
 *       document is, may be just what was not told.
 *   <li>The Consent under which he read is named to a professional, whom it concerns (R91), not to a machine.
 *   <li>What a declaration decides is told by the declaration.
 *   <li>An answer that something is absent names no rule, for the rule would tell that it is hidden.
 * </ul>
 *
 * @param view of all records, or of one
 */
record ShownToCaller(TraceView view) implements ShownTraces {

    private static final int ABSENT = 404;

    @Override
    public Condition rows() {
        Condition own = isMachine()
                ? TraceRow.STRUCTURE
                        .eq(view.structure().value())
                        .and(TraceRow.CALLER_KIND.in(CallerKind.PROFESSIONAL.name(), CallerKind.SYSTEM.name()))
                : TraceRow.CALLER_SUBJECT
                        .eq(view.viewer().subject())
                        .and(TraceRow.CALLER_KIND.eq(CallerKind.PROFESSIONAL.name()));
        Condition shown = own.and(not(IS_DECISION));
        return view.patient()
                .map(patient -> shown.and(patient()).and(TraceRow.PATIENT.eq(patient)))
                .orElse(shown);
    }

    private boolean isMachine() {
        return view.viewer().kind() == CallerKind.SYSTEM;
    }

    @Override
    public Condition lines() {
        return TraceRow.OUTCOME.eq(Verdict.Outcome.PERMITTED.name());
    }

    @Override
    public Condition patient() {
        return TraceRow.PATIENT
                .isNotNull()
                .and(TraceRow.OUTCOME.eq(Verdict.Outcome.PERMITTED.name()))
                .and(or(
                        TraceRow.ACTION.isNotNull().and(TraceRow.ACTION.eq(Action.SEARCH.name())),
                        exists(selectOne().from(LINE))));
    }

    @Override
    public Condition consent() {
        return isMachine() ? falseCondition() : TraceRow.CONSENT.isNotNull().and(patient());
    }

    @Override
    public Condition address() {
        return falseCondition();
    }

    @Override
    public Optional<TraceEntry> shown(TraceEntry entry) {
        if (entry.request().isDecision()) {
            return Optional.empty();
        }
        boolean permitted = entry.verdict().outcome() == Verdict.Outcome.PERMITTED;
        boolean searched =
                entry.request().action().filter(Action.SEARCH::equals).isPresent();
        boolean named = permitted && (searched || !entry.lines().isEmpty());
        Verdict verdict = entry.verdict().status() == ABSENT ? entry.verdict().withoutRule() : entry.verdict();
        return Optional.of(new TraceEntry(
                entry.id(),
                entry.recordedAt(),
                entry.patient().filter(patient -> named),
                entry.who(),
                entry.request().redacted(),
                entry.circumstances(),
                verdict.under(
                        verdict.consent().filter(any -> named && entry.patient().isPresent() && !isMachine())),
                permitted ? entry.lines() : List.of(),
                entry.delivered()));
    }

    @Override
    public Map<String, String> titles() {
        return Map.of();
    }
}

package fr.carnet.trace;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;

import fr.carnet.policy.Action;
import fr.carnet.shared.CallerKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;

/**
 * The holder's side sees his record's.
 *
 * <ul>
 *   <li>A line that names a document he may not know of is dropped, and with the last such line the entry (R94, R111,
 *       R117). A search stays, for it was an access to the record; without lines it looks like one that found nothing.
 *   <li>Who tried to announce a document, or to hide it, tells that there is one: such an entry stays only with its
 *       document (R111, R117).
 *   <li>Refusals and failures are shown when the caller was a professional (R92): the name of any other person who
 *       tried is nobody's business but the auditor's.
 *   <li>Secret connections are not shown to representatives (R144); accesses in an emergency are shown like any other (R93).
 *   <li>Which trace another reader has read is not told: it may be one that is hidden from him.
 *   <li>The Consent under which somebody read is named to the holder alone: it may have been declared in a secret
 *       connection, of which representatives learn nothing (R144).
 *   <li>What a declaration decides is told by the declaration.
 *   <li>The number of results is that of the lines shown, and the query, which may name what is hidden, is left
 *       out, as is the network address.
 * </ul>
 *
 * @param view of his record
 * @param titles of what he may know of, by reference ({@link DisclosedDocuments})
 */
record ShownToHolder(TraceView view, Map<String, String> titles) implements ShownTraces {

    private static final Set<Action> ANNOUNCING = EnumSet.of(
            Action.SHOW_TO_HOLDER,
            Action.HIDE_FROM_HOLDER,
            Action.SHOW_TO_REPRESENTATIVES,
            Action.HIDE_FROM_REPRESENTATIVES);
    private static final List<String> ANNOUNCING_NAMES =
            ANNOUNCING.stream().map(Action::name).toList();

    @Override
    public Condition rows() {
        Condition told = or(
                TraceRow.OUTCOME.eq(Verdict.Outcome.PERMITTED.name()),
                TraceRow.CALLER_KIND.eq(CallerKind.PROFESSIONAL.name()));
        Condition known = exists(selectOne().from(LINE).where(IS_SHARED).and(isKnown()));
        Condition announcing = TraceRow.ACTION.isNotNull().and(TraceRow.ACTION.in(ANNOUNCING_NAMES));
        Condition named = or(
                TraceRow.INTERACTION.isNotNull().and(TraceRow.INTERACTION.eq(Interaction.SEARCH.name())),
                notExists(selectOne().from(LINE).where(IS_SHARED)).and(not(announcing)),
                known);
        Condition shown = TraceRow.PATIENT
                .eq(view.patient().orElseThrow())
                .and(told)
                .and(named)
                .and(not(IS_DECISION));
        return view.seesSecretConnections() ? shown : shown.and(TraceRow.SECRET_CONNECTION.isFalse());
    }

    @Override
    public Condition lines() {
        return REF.notLike("AuditEvent/%").and(not(IS_SHARED).or(isKnown()));
    }

    private Condition isKnown() {
        return REF.eq(any(titles.keySet().toArray(String[]::new)));
    }

    @Override
    public Condition patient() {
        return TraceRow.PATIENT.isNotNull();
    }

    @Override
    public Condition consent() {
        return isHolder() ? TraceRow.CONSENT.isNotNull() : falseCondition();
    }

    private boolean isHolder() {
        return view.viewer().kind() == CallerKind.HOLDER;
    }

    @Override
    public Condition address() {
        return falseCondition();
    }

    @Override
    public Optional<TraceEntry> shown(TraceEntry entry) {
        if (!isTold(entry) || (entry.circumstances().secretConnection() && !view.seesSecretConnections())) {
            return Optional.empty();
        }
        List<TraceLine> lines = entry.lines().stream()
                .filter(line -> !line.type().equals("AuditEvent"))
                .filter(line -> !line.isShared() || titles.containsKey(line.ref()))
                .toList();
        boolean named = entry.lines().stream().anyMatch(TraceLine::isShared)
                || entry.request().action().filter(ANNOUNCING::contains).isPresent();
        boolean nothingLeft = named && lines.stream().noneMatch(TraceLine::isShared);
        if (nothingLeft && !entry.request().isSearch()) {
            return Optional.empty();
        }
        return Optional.of(new TraceEntry(
                entry.id(),
                entry.recordedAt(),
                entry.patient(),
                entry.who(),
                entry.request().redacted(),
                entry.circumstances(),
                entry.verdict()
                        .withResultCount(entry.verdict().resultCount().map(any -> lines.size()))
                        .under(entry.verdict().consent().filter(any -> isHolder())),
                lines,
                entry.delivered()));
    }

    private static boolean isTold(TraceEntry entry) {
        boolean permitted = entry.verdict().outcome() == Verdict.Outcome.PERMITTED;
        boolean professional =
                entry.who().filter(who -> who.kind() == CallerKind.PROFESSIONAL).isPresent();
        return (permitted || professional) && !entry.request().isDecision();
    }
}

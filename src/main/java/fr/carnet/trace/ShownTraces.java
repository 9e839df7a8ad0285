package fr.carnet.trace;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import fr.carnet.shared.CallerKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Which traces a viewer sees, and what of them: once for SQL, so that totals and pages are honest, once for an entry.
 *
 * <ul>
 *   <li>A line that names a document he may not know of is dropped, and with the last such line the entry (R94, R111,
 *       R117). A search stays, for it was an access to the record; without lines it looks like one that found nothing.
 *   <li>Refusals and failures are shown when the caller was a professional (R92): the name of any other person who
 *       tried is nobody's business but the auditor's.
 *   <li>Secret connections are not shown to representatives (R144); accesses in an emergency are shown like any other (R93).
 *   <li>The number of results is that of the lines shown, and the query, which may name what is hidden, is left
 *       out, as is the network address.
 *   <li>The auditor sees everything, without titles.
 * </ul>
 *
 * @param view whose record, and who looks
 * @param titles of what he may know of, by reference ({@link DisclosedDocuments})
 */
record ShownTraces(TraceView view, Map<String, String> titles) {

    /** One line of a row, and its reference. */
    static final Table<Record> LINE = table("jsonb_array_elements({0}) as line", TraceRow.LINES);

    static final Field<String> REF = field("line ->> 'ref'", SQLDataType.CLOB);
    static final Condition IS_SHARED = REF.like("DocumentReference/%").or(REF.like("List/%"));

    /** The rows that {@link #shown} does not drop. */
    Condition condition() {
        if (view.isAudit()) {
            return noCondition();
        }
        Condition told = or(
                TraceRow.OUTCOME.eq(Verdict.Outcome.PERMITTED.name()),
                TraceRow.CALLER_KIND.eq(CallerKind.PROFESSIONAL.name()));
        Condition known = REF.eq(any(titles.keySet().toArray(String[]::new)));
        Condition named = or(
                TraceRow.INTERACTION.eq(Interaction.SEARCH.name()),
                notExists(selectOne().from(LINE).where(IS_SHARED)),
                exists(selectOne().from(LINE).where(IS_SHARED).and(known)));
        Condition shown = told.and(named);
        return view.seesSecretConnections() ? shown : shown.and(TraceRow.SECRET_CONNECTION.isFalse());
    }

    /** The entry as the viewer may see it; empty when he may not. */
    Optional<TraceEntry> shown(TraceEntry entry) {
        if (view.isAudit()) {
            return Optional.of(entry);
        }
        if (!isTold(entry) || (entry.circumstances().secretConnection() && !view.seesSecretConnections())) {
            return Optional.empty();
        }
        List<TraceLine> lines = entry.lines().stream()
                .filter(line -> !line.isShared() || titles.containsKey(line.ref()))
                .toList();
        boolean nothingLeft = lines.stream().noneMatch(TraceLine::isShared)
                && entry.lines().stream().anyMatch(TraceLine::isShared);
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
                entry.verdict().withResultCount(entry.verdict().resultCount().map(any -> lines.size())),
                lines));
    }

    private static boolean isTold(TraceEntry entry) {
        return entry.verdict().outcome() == Verdict.Outcome.PERMITTED
                || entry.who()
                        .filter(who -> who.kind() == CallerKind.PROFESSIONAL)
                        .isPresent();
    }
}

package fr.carnet.trace;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Which traces a viewer sees, and what of them: once for SQL, so that totals and pages are honest and nothing hidden can be
 * searched for, once for an entry. The two agree.
 */
sealed interface ShownTraces permits ShownToAuditor, ShownToCaller, ShownToHolder {

    /** One line of a row: it, and its place among the lines. */
    Table<Record> LINE = table("jsonb_array_elements({0}) with ordinality as l(line, at)", TraceRow.LINES);

    Field<String> REF = field("line ->> 'ref'", SQLDataType.CLOB);
    Field<Long> AT = field("at", SQLDataType.BIGINT);
    Condition IS_LIST = REF.like("List/%");
    /** What a declaration decides repeats the declaration: it is the auditor's alone. */
    Condition IS_DECISION = TraceRow.TRANSACTION.isNotDistinctFrom(val(AuditCodes.DECISION));

    Condition IS_SHARED = REF.like("DocumentReference/%").or(IS_LIST);

    /**
     * What this viewer sees.
     *
     * @param titles of the documents, lots and folders that he may know of, by reference ({@link DisclosedDocuments}); of
     *     use to the holder's side alone
     */
    static ShownTraces to(TraceView view, Map<String, String> titles) {
        return switch (view.viewer().kind()) {
            case HOLDER, REPRESENTATIVE -> new ShownToHolder(view, titles);
            case AUDITOR -> new ShownToAuditor(view);
            case PROFESSIONAL, SYSTEM -> new ShownToCaller(view);
            case OPERATOR -> throw new IllegalArgumentException("an operator reads no traces");
        };
    }

    /** The rows that {@link #shown} does not drop. */
    Condition rows();

    /** The {@link #LINE}s of a shown row that {@link #shown} leaves. */
    Condition lines();

    /** Under which a shown row names its patient. */
    Condition patient();

    /** Under which a shown row names the Consent that authorised the access. */
    Condition consent();

    /** Under which a shown row names the network address of the client. */
    Condition address();

    /** The entry as the viewer may see it; empty when he may not. */
    Optional<TraceEntry> shown(TraceEntry entry);

    /** Titles of what its lines name, by reference. */
    Map<String, String> titles();
}

package fr.carnet.trace;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import fr.carnet.policy.Action;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A {@link TraceEntry} as a row of {@code carnet.trace}, both ways. */
final class TraceRow {

    static final Table<Record> TRACE = table(name("carnet", "trace"));
    static final Field<Long> SEQ = column("seq", SQLDataType.BIGINT);
    static final Field<UUID> ID = column("id", SQLDataType.UUID);
    static final Field<Instant> RECORDED_AT = column("recorded_at", SQLDataType.INSTANT);
    static final Field<String> PATIENT = text("record_patient");
    static final Field<String> CALLER_KIND = text("caller_kind");
    static final Field<String> CALLER_SUBJECT = text("caller_subject");
    static final Field<String> CALLER_NAME = text("caller_name");
    static final Field<String> CALLER_ROLE = text("caller_role");
    static final Field<String> STRUCTURE = text("structure");
    static final Field<String> STRUCTURE_NAME = text("structure_name");
    static final Field<String> SOFTWARE = text("software");
    static final Field<String> AUTHENTICATION = text("authentication");
    static final Field<String> TOKEN_ISSUER = text("token_issuer");
    static final Field<String> TOKEN_CLIENT = text("token_client");
    static final Field<String> TOKEN_ID = text("token_id");
    static final Field<String> CLIENT_ADDRESS = text("client_address");
    static final Field<String> ACTION = text("action");
    static final Field<String> INTERACTION = text("interaction");
    static final Field<String> TRANSACTION = text("ihe_transaction");
    static final Field<String> RESOURCE_TYPE = text("resource_type");
    static final Field<String> QUERY = text("query");
    static final Field<String> MODE = text("access_mode");
    static final Field<String> EMERGENCY_REASON = text("emergency_reason");
    static final Field<Boolean> SECRET_CONNECTION = column("secret_connection", SQLDataType.BOOLEAN);
    static final Field<String> OUTCOME = text("outcome");
    static final Field<String> RULE_ID = text("rule_id");
    static final Field<String> RULE_SLUG = text("rule_slug");
    static final Field<String> POLICY_VERSION = text("policy_version");
    static final Field<Integer> HTTP_STATUS = column("http_status", SQLDataType.INTEGER);
    static final Field<Integer> RESULT_COUNT = column("result_count", SQLDataType.INTEGER);
    static final Field<String> TOLERANCES = text("tolerances");
    static final Field<String> CONSENT = text("consent");
    static final Field<String> CORRELATION_ID = text("correlation_id");
    static final Field<JSONB> LINES = column("lines", SQLDataType.JSONB);

    /** Not of the row: noted apart, after it. */
    static final Field<Boolean> DELIVERED = DSL.field(
                    "exists (select from carnet.trace_delivery d where d.seq = {0}.{1})",
                    SQLDataType.BOOLEAN, TRACE, SEQ)
            .as("delivered");

    /** Everything that makes an entry when it is written. */
    static final List<Field<?>> COLUMNS = List.of(
            ID,
            RECORDED_AT,
            PATIENT,
            CALLER_KIND,
            CALLER_SUBJECT,
            CALLER_NAME,
            CALLER_ROLE,
            STRUCTURE,
            STRUCTURE_NAME,
            SOFTWARE,
            AUTHENTICATION,
            TOKEN_ISSUER,
            TOKEN_CLIENT,
            TOKEN_ID,
            CLIENT_ADDRESS,
            ACTION,
            INTERACTION,
            TRANSACTION,
            RESOURCE_TYPE,
            QUERY,
            CORRELATION_ID,
            MODE,
            EMERGENCY_REASON,
            SECRET_CONNECTION,
            OUTCOME,
            RULE_ID,
            RULE_SLUG,
            POLICY_VERSION,
            HTTP_STATUS,
            RESULT_COUNT,
            TOLERANCES,
            CONSENT,
            LINES);

    private TraceRow() {}

    /** Column and value as JDBC takes it, nulls included: the statement is the same for every entry. */
    static Map<Field<?>, Object> of(TraceEntry entry) {
        Map<Field<?>, Object> row = new LinkedHashMap<>();
        row.put(ID, entry.id());
        row.put(RECORDED_AT, entry.recordedAt().atOffset(ZoneOffset.UTC));
        row.put(PATIENT, entry.patient().orElse(null));
        putCaller(row, entry.who().orElse(null));
        putRequest(row, entry.request());
        row.put(MODE, entry.circumstances().mode().map(AccessMode::name).orElse(null));
        row.put(EMERGENCY_REASON, entry.circumstances().emergencyReason().orElse(null));
        row.put(SECRET_CONNECTION, entry.circumstances().secretConnection());
        putVerdict(row, entry.verdict());
        row.put(LINES, TraceLines.write(entry.lines()).data());
        return row;
    }

    private static void putCaller(Map<Field<?>, Object> row, Who who) {
        Optional<Who> known = Optional.ofNullable(who);
        row.put(CALLER_KIND, known.map(w -> w.kind().name()).orElse(null));
        row.put(CALLER_SUBJECT, known.map(Who::subject).orElse(null));
        row.put(CALLER_NAME, known.map(Who::name).orElse(null));
        row.put(CALLER_ROLE, known.flatMap(Who::role).map(ActorCode::code).orElse(null));
        row.put(STRUCTURE, known.flatMap(Who::structure).map(StructureId::value).orElse(null));
        row.put(STRUCTURE_NAME, known.flatMap(Who::structureName).orElse(null));
        row.put(SOFTWARE, known.map(Who::software).orElse(null));
        row.put(AUTHENTICATION, known.map(w -> w.authentication().name()).orElse(null));
        row.put(TOKEN_ISSUER, known.map(w -> w.token().issuer()).orElse(null));
        row.put(TOKEN_CLIENT, known.map(w -> w.token().client()).orElse(null));
        row.put(TOKEN_ID, known.map(w -> w.token().id()).orElse(null));
    }

    private static void putRequest(Map<Field<?>, Object> row, TracedRequest request) {
        row.put(CLIENT_ADDRESS, request.clientAddress().orElse(null));
        row.put(ACTION, request.action().map(Action::name).orElse(null));
        row.put(INTERACTION, request.interaction().map(Interaction::name).orElse(null));
        row.put(TRANSACTION, request.transaction().orElse(null));
        row.put(RESOURCE_TYPE, request.resourceType().orElse(null));
        row.put(QUERY, request.query().orElse(null));
        row.put(CORRELATION_ID, request.correlationId());
    }

    private static void putVerdict(Map<Field<?>, Object> row, Verdict verdict) {
        row.put(OUTCOME, verdict.outcome().name());
        row.put(RULE_ID, verdict.rule().map(Verdict.RuleRef::id).orElse(null));
        row.put(RULE_SLUG, verdict.rule().map(Verdict.RuleRef::slug).orElse(null));
        row.put(POLICY_VERSION, verdict.policyVersion());
        row.put(HTTP_STATUS, verdict.status());
        row.put(RESULT_COUNT, verdict.resultCount().orElse(null));
        row.put(TOLERANCES, verdict.tolerances().isEmpty() ? null : String.join(" ", verdict.tolerances()));
        row.put(CONSENT, verdict.consent().orElse(null));
    }

    static TraceEntry entry(Record row) {
        return new TraceEntry(
                row.get(ID),
                row.get(RECORDED_AT),
                optional(row, PATIENT),
                who(row),
                new TracedRequest(
                        optional(row, INTERACTION).map(Interaction::valueOf),
                        optional(row, ACTION).map(Action::valueOf),
                        optional(row, TRANSACTION),
                        optional(row, RESOURCE_TYPE),
                        optional(row, QUERY),
                        optional(row, CLIENT_ADDRESS),
                        row.get(CORRELATION_ID)),
                new Circumstances(
                        optional(row, MODE).map(AccessMode::valueOf),
                        optional(row, EMERGENCY_REASON),
                        row.get(SECRET_CONNECTION)),
                verdict(row),
                TraceLines.read(row.get(LINES)),
                row.get(DELIVERED));
    }

    private static Optional<Who> who(Record row) {
        return optional(row, CALLER_KIND)
                .map(kind -> new Who(
                        CallerKind.valueOf(kind),
                        row.get(CALLER_SUBJECT),
                        row.get(CALLER_NAME),
                        optional(row, CALLER_ROLE).map(ActorCode::new),
                        optional(row, STRUCTURE).map(StructureId::new),
                        optional(row, STRUCTURE_NAME),
                        row.get(SOFTWARE),
                        AuthenticationMode.valueOf(row.get(AUTHENTICATION)),
                        new Caller.TokenRef(row.get(TOKEN_ISSUER), row.get(TOKEN_CLIENT), row.get(TOKEN_ID))));
    }

    private static Verdict verdict(Record row) {
        return new Verdict(
                Verdict.Outcome.valueOf(row.get(OUTCOME)),
                optional(row, RULE_ID).map(id -> new Verdict.RuleRef(id, row.get(RULE_SLUG))),
                row.get(POLICY_VERSION),
                row.get(HTTP_STATUS),
                optional(row, RESULT_COUNT),
                optional(row, TOLERANCES)
                        .map(names -> List.of(names.split(" ")))
                        .orElse(List.of()),
                optional(row, CONSENT));
    }

    private static <T> Optional<T> optional(Record row, Field<T> field) {
        return Optional.ofNullable(row.get(field));
    }

    private static <T> Field<T> column(String name, DataType<T> type) {
        return field(name(name), type);
    }

    private static Field<String> text(String name) {
        return column(name, SQLDataType.CLOB);
    }
}

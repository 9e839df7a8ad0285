package fr.carnet.trace;

import static java.util.stream.Collectors.joining;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;

import fr.carnet.outbox.Outbox;
import fr.carnet.trace.chain.RowDigest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;

/** The append-only table {@code carnet.trace} (R95). Safe for use by many threads. */
public final class TraceStore {

    private static final Field<Integer> TOTAL = count().over().as("total");

    private static final int ROWS_AT_ONCE = 200;

    private static final String INSERT = TraceRow.COLUMNS.stream()
            .map(column -> column == TraceRow.LINES ? "cast(? as jsonb)" : "?")
            .collect(joining(
                    ", ",
                    TraceRow.COLUMNS.stream()
                            .map(Field::getName)
                            .collect(joining(", ", "insert into carnet.trace (", ", digest) values (")),
                    ", ?) returning seq"));

    private static final String INSERT_AND_FEED =
            "with trace as (" + INSERT + "), entry as (" + Outbox.INSERT + ") select seq from trace";

    private final DSLContext dsl;
    private final Optional<String> channel;
    private final Timer stored;
    private final Timer failed;

    /**
     * Traces that stay here.
     *
     * @param dsl connections that join the surrounding Spring transaction and commit by themselves outside one (a
     *     {@code TransactionAwareDataSourceProxy} in auto-commit); without execute logging, which would show bind values,
     *     personal data, at DEBUG level
     */
    public TraceStore(DSLContext dsl) {
        this(dsl, Optional.empty(), new CompositeMeterRegistry());
    }

    private TraceStore(DSLContext dsl, Optional<String> channel, MeterRegistry meters) {
        this.dsl = dsl;
        this.channel = channel;
        this.stored = timer(meters, "stored");
        this.failed = timer(meters, "failed");
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("carnet.trace.append")
                .description("Time to store a trace, and to wait for the end of its chain")
                .tag("outcome", outcome)
                .register(meters);
    }

    /**
     * Traces that leave as well: each adds an entry to the outbox, in the same statement.
     *
     * @param dsl as for those that stay
     * @param channel of the entries; their payload is the id of the trace
     */
    public static TraceStore feeding(DSLContext dsl, String channel) {
        return new TraceStore(dsl, Optional.of(channel), new CompositeMeterRegistry());
    }

    /** The same, with its times in {@code carnet.trace.append}. */
    public TraceStore timedBy(MeterRegistry meters) {
        return new TraceStore(dsl, channel, meters);
    }

    /**
     * Stores one entry with one statement, at the end of the chain of its record. Outside a transaction it is durable on
     * return; inside one, with its commit, and until then no other trace of that record can be added.
     *
     * @return by which the delivery of the answer can be noted ({@link Deliveries})
     * @throws TraceUnavailable if it could not be stored, whatever the reason
     */
    public TraceNumber append(TraceEntry entry) {
        Timer outcome = failed;
        long start = System.nanoTime();
        try {
            TraceNumber number = guarded(() -> dsl.connectionResult(connection -> insert(connection, entry)));
            outcome = stored;
            return number;
        } finally {
            outcome.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** The one statement of every request: rendering it each time by jOOQ cost more than executing it. */
    private TraceNumber insert(Connection connection, TraceEntry entry) throws SQLException {
        String sql = channel.isPresent() ? INSERT_AND_FEED : INSERT;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Map<Field<?>, Object> row = TraceRow.of(entry);
            Map<String, Object> content = new HashMap<>();
            int at = 1;
            for (Field<?> column : TraceRow.COLUMNS) {
                Object value = row.get(column);
                statement.setObject(at++, value);
                content.put(column.getName(), value);
            }
            statement.setBytes(at++, RowDigest.of(content));
            for (Object value : channel.map(name -> parcel(name, entry)).orElse(List.of())) {
                statement.setObject(at++, value);
            }
            try (ResultSet number = statement.executeQuery()) {
                number.next();
                return new TraceNumber(number.getLong(1));
            }
        }
    }

    /** Its subject is the event, not the record: what is forgotten of a destroyed record is not the traces on their way. */
    private static List<Object> parcel(String channel, TraceEntry entry) {
        String id = entry.id().toString();
        return Outbox.values(
                UUID.randomUUID(), channel, "AuditEvent/" + id, id, entry.recordedAt(), entry.recordedAt());
    }

    /**
     * Every trace of a record, newest first.
     *
     * @param patient FHIR id of the Patient
     * @param from first instant; empty = from the beginning
     * @param to first instant after; empty = up to now
     * @param offset how many to skip
     * @param count how many to give at most; 0 asks for the total alone
     * @throws TraceUnavailable if the table cannot be read
     */
    public TracePage page(String patient, Optional<Instant> from, Optional<Instant> to, int offset, int count) {
        Condition since = from.map(TraceRow.RECORDED_AT::ge).orElse(noCondition());
        Condition until = to.map(TraceRow.RECORDED_AT::lt).orElse(noCondition());
        return page(TraceRow.PATIENT.eq(patient).and(since).and(until), offset, count);
    }

    TracePage page(Condition wanted, int offset, int count) {
        return guarded(() -> dsl.transactionResult(open -> {
            // which index serves depends on what is sought: of one value among several columns, none is common
            open.dsl().execute("set local plan_cache_mode = force_custom_plan");
            return page(open.dsl(), wanted, offset, count);
        }));
    }

    private static TracePage page(DSLContext open, Condition wanted, int offset, int count) {
        Result<Record> rows = open.select(TraceRow.COLUMNS)
                .select(TraceRow.DELIVERED, TOTAL)
                .from(TraceRow.TRACE)
                .where(wanted)
                .orderBy(TraceRow.RECORDED_AT.desc(), TraceRow.SEQ.desc())
                .limit(count)
                .offset(offset)
                .fetch();
        // a page beyond the end has no row to carry the total
        int total = rows.isEmpty()
                ? open.fetchCount(TraceRow.TRACE, wanted)
                : rows.get(0).get(TOTAL);
        return new TracePage(rows.map(TraceRow::entry), total);
    }

    /** Every row, newest first, as the database gives them. */
    void forEach(Condition wanted, Consumer<TraceEntry> reader) {
        guarded(() -> dsl.transactionResult(open -> {
            try (Stream<Record> rows = open.dsl()
                    .select(TraceRow.COLUMNS)
                    .select(TraceRow.DELIVERED)
                    .from(TraceRow.TRACE)
                    .where(wanted)
                    .orderBy(TraceRow.RECORDED_AT.desc(), TraceRow.SEQ.desc())
                    .fetchSize(ROWS_AT_ONCE)
                    .fetchStream()
                    .map(Record.class::cast)) {
                rows.map(TraceRow::entry).forEach(reader);
            }
            return wanted;
        }));
    }

    /** Those that there are still, in the order in which they were added. */
    List<TraceEntry> byIds(Collection<UUID> ids) {
        return guarded(() -> dsl.select(TraceRow.COLUMNS)
                .select(TraceRow.DELIVERED)
                .from(TraceRow.TRACE)
                .where(TraceRow.ID.in(ids))
                .orderBy(TraceRow.SEQ)
                .fetch(TraceRow::entry));
    }

    /**
     * The record that a trace is of.
     *
     * @param id of the trace
     * @return FHIR id of the Patient; empty when there is no such trace, or it is of no record
     * @throws TraceUnavailable if the table cannot be read
     */
    public Optional<String> recordOf(String id) {
        return guarded(() -> dsl.select(TraceRow.PATIENT)
                .from(TraceRow.TRACE)
                .where(TraceCriteria.id(id))
                .fetchOptional(TraceRow.PATIENT));
    }

    /** References of the documents, lots and folders that the lines of these rows name. */
    Set<String> sharedReferences(Condition wanted) {
        return guarded(() -> dsl.selectDistinct(ShownTraces.REF)
                .from(TraceRow.TRACE, ShownTraces.LINE)
                .where(wanted)
                .and(ShownTraces.IS_SHARED)
                .fetchSet(ShownTraces.REF));
    }

    private static <T> T guarded(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (DataAccessException e) {
            throw new TraceUnavailable("SQLSTATE " + e.sqlState());
        } catch (RuntimeException e) {
            throw new TraceUnavailable(e.getClass().getSimpleName());
        }
    }
}

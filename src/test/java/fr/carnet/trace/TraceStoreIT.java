package fr.carnet.trace;

import static fr.carnet.trace.Traces.DEPOSIT;
import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.SEARCH;
import static fr.carnet.trace.Traces.entry;
import static fr.carnet.trace.Traces.permitted;
import static fr.carnet.trace.Traces.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.trace.chain.TraceMonths;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class TraceStoreIT {

    private static TraceDatabase database;
    private static TraceStore store;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
        store = new TraceStore(database.dsl());
        new TraceMonths(database.dsl()).run(NOON);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void resetAsTheSandboxDoes() throws SQLException {
        TraceDatabase.execute(
                database.owner, "set local carnet.reset = 'on'", "truncate carnet.trace, carnet.trace_head");
    }

    @Test
    void appendedEntryComesBackWhole() {
        TraceEntry traced = Traces.in(
                Traces.BREAK_GLASS, entry(NOON, DOCTOR, SEARCH, permitted(2), "DocumentReference/7", "List/3"));
        store.append(traced);
        assertThat(everything().entries()).containsExactly(traced);
    }

    @Test
    void oneAnswerThatLeftWholeSaysNothingOfAnother() {
        TraceNumber whole = store.append(entry(NOON, DOCTOR, READ, permitted(1), "DocumentReference/7"));
        store.append(entry(NOON, DOCTOR, READ, permitted(1), "DocumentReference/8"));
        try (Deliveries deliveries = new Deliveries(database.dsl())) {
            deliveries.delivered(whole);
        }
        assertThat(everything().entries()).extracting(TraceEntry::delivered).containsExactly(false, true);
    }

    @Test
    void unauthenticatedAttemptIsKeptWithoutCallerAndRecord() {
        var request = new TracedRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "c0ffee");
        store.append(TraceEntry.at(
                NOON, Optional.empty(), Optional.empty(), request, Circumstances.UNKNOWN, refused(), List.of()));
        assertThat(database.dsl().fetchCount(TraceRow.TRACE, TraceRow.PATIENT.isNull()))
                .isEqualTo(1);
        assertThat(everything().total()).isZero();
    }

    @Tag("R95")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update carnet.trace set outcome = 'REFUSED'",
                "delete from carnet.trace",
                "truncate carnet.trace",
                "update carnet.trace_2026_11 set outcome = 'REFUSED'",
                "delete from carnet.trace_2026_11",
                "truncate carnet.trace_2026_11"
            })
    void evenTheOwnerChangesNothing(String change) {
        store.append(entry(NOON, DOCTOR, READ, permitted(1)));
        assertThatThrownBy(() -> TraceDatabase.execute(database.owner, change)).hasMessageContaining("append-only");
        assertThat(everything().total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update carnet.trace set outcome = 'REFUSED'",
                "delete from carnet.trace",
                "truncate carnet.trace",
                "delete from carnet.trace_2026_11",
                "alter table carnet.trace disable trigger all"
            })
    void servingRoleChangesNothingNotEvenInTheNameOfAReset(String change) {
        store.append(entry(NOON, DOCTOR, READ, permitted(1)));
        assertThatThrownBy(() -> TraceDatabase.execute(database.app, "set carnet.reset = 'on'", change))
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
    }

    @Test
    void resetIsTheTableOwnersEvenForARoleThatMayDelete() throws SQLException {
        store.append(entry(NOON, DOCTOR, READ, permitted(1)));
        TraceDatabase.execute(database.owner, "grant delete on carnet.trace to carnet_app");
        try {
            assertThatThrownBy(() ->
                            TraceDatabase.execute(database.app, "set carnet.reset = 'on'", "delete from carnet.trace"))
                    .hasMessageContaining("append-only");
        } finally {
            TraceDatabase.execute(database.owner, "revoke delete on carnet.trace from carnet_app");
        }
    }

    @Test
    void traceOfAWriteGoesWithItsTransaction() {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(database.app));
        transaction.executeWithoutResult(status -> {
            store.append(entry(NOON, DOCTOR, DEPOSIT, permitted(1), "DocumentReference/7"));
            status.setRollbackOnly();
        });
        assertThat(everything().total()).isZero();
        transaction.executeWithoutResult(
                status -> store.append(entry(NOON, DOCTOR, DEPOSIT, permitted(1), "DocumentReference/7")));
        assertThat(everything().total()).isEqualTo(1);
    }

    @Test
    void withoutRightToInsertNothingCanBeTraced() throws SQLException {
        TraceDatabase.execute(database.owner, "revoke insert on carnet.trace from carnet_app");
        try {
            assertThatThrownBy(() -> store.append(entry(NOON, DOCTOR, READ, permitted(1))))
                    .isInstanceOf(TraceUnavailable.class)
                    .hasMessage("SQLSTATE 42501")
                    .hasNoCause();
        } finally {
            TraceDatabase.execute(database.owner, "grant insert on carnet.trace to carnet_app");
        }
    }

    @Test
    void migrationGivesTheServingRoleItsRightsBack() throws Exception {
        TraceDatabase.execute(database.owner, "revoke insert on carnet.trace from carnet_app");
        database.migrate();
        assertThatCode(() -> store.append(entry(NOON, DOCTOR, READ, permitted(1))))
                .doesNotThrowAnyException();
    }

    @Test
    void deadDatabaseIsTraceUnavailable() {
        DataSource nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/postgres?connectTimeout=1");
        var broken = new TraceStore(DSL.using(nowhere, SQLDialect.POSTGRES));
        assertThatThrownBy(() -> broken.append(entry(NOON, DOCTOR, READ, permitted(1))))
                .isInstanceOf(TraceUnavailable.class);
    }

    @Test
    void pagesAreNewestFirstWithTheTotalOfAll() {
        List<TraceEntry> traced = IntStream.range(0, 5)
                .mapToObj(hour -> entry(NOON.plusSeconds(3600L * hour), DOCTOR, READ, permitted(1)))
                .toList();
        traced.forEach(store::append);
        assertThat(page(0, 2)).isEqualTo(new TracePage(List.of(traced.get(4), traced.get(3)), 5));
        assertThat(page(4, 2)).isEqualTo(new TracePage(List.of(traced.get(0)), 5));
        assertThat(page(6, 2)).isEqualTo(new TracePage(List.of(), 5));
        assertThat(page(0, 0)).isEqualTo(new TracePage(List.of(), 5));
    }

    @Test
    void windowIncludesItsStartAndExcludesItsEnd() {
        TraceEntry before = entry(NOON.minusNanos(1000), DOCTOR, READ, permitted(1));
        TraceEntry first = entry(NOON, DOCTOR, READ, permitted(1));
        TraceEntry end = entry(NOON.plusSeconds(60), DOCTOR, READ, permitted(1));
        List.of(before, first, end).forEach(store::append);
        TracePage page = store.page("p1", Optional.of(NOON), Optional.of(NOON.plusSeconds(60)), 0, 10);
        assertThat(page).isEqualTo(new TracePage(List.of(first), 1));
        assertThat(store.page("p2", Optional.empty(), Optional.empty(), 0, 10).total())
                .isZero();
    }

    private static TracePage everything() {
        return page(0, 100);
    }

    private static TracePage page(int offset, int count) {
        return store.page("p1", Optional.empty(), Optional.empty(), offset, count);
    }
}

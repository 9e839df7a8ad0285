package fr.carnet.trace;

import static fr.carnet.trace.Traces.DOCTOR;
import static fr.carnet.trace.Traces.NOON;
import static fr.carnet.trace.Traces.NORMAL;
import static fr.carnet.trace.Traces.READ;
import static fr.carnet.trace.Traces.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Traces that come with the commit: both or neither, and nobody waits for somebody who waits for him. */
class TracesAtCommitIT {

    private static final ExecutorService TWO = Executors.newFixedThreadPool(2);

    private static TraceDatabase database;
    private static TraceStore store;
    private static TransactionTemplate transaction;
    private static TracesAtCommit late;

    @BeforeAll
    static void start() throws Exception {
        database = new TraceDatabase();
        store = new TraceStore(database.dsl());
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database.app));
        late = new TracesAtCommit(store, transaction);
    }

    @AfterAll
    static void stop() throws Exception {
        TWO.shutdownNow();
        database.close();
    }

    private static TraceEntry of(String patient) {
        return TraceEntry.at(
                NOON,
                Optional.of(patient).filter(name -> !name.isEmpty()),
                Optional.of(Who.of(DOCTOR)),
                READ,
                NORMAL,
                permitted(0),
                List.of());
    }

    private static int traces(String patient) {
        return store.page(patient, Optional.empty(), Optional.empty(), 0, 0).total();
    }

    /** Two transactions that trace the same two records, each beginning with the other one. */
    private static List<Future<?>> crossing(String first, String second, Consumer<TraceEntry> append) {
        var both = new CyclicBarrier(2);
        List<Future<?>> running = new ArrayList<>();
        for (List<String> order : List.of(List.of(first, second), List.of(second, first))) {
            running.add(TWO.submit(() -> transaction.executeWithoutResult(status -> {
                append.accept(of(order.get(0)));
                meet(both);
                append.accept(of(order.get(1)));
            })));
        }
        return running;
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void transactionsThatTraceTwoRecordsInAnotherOrderDoNotWaitForEachOther() throws Exception {
        for (int i = 0; i < 20; i++) {
            for (Future<?> done : crossing("a1", "a2", entry -> late.append(entry, () -> {}))) {
                done.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(List.of(traces("a1"), traces("a2"))).containsExactly(40, 40);
    }

    /** What would happen otherwise: it is the order that keeps them apart. */
    @Test
    void transactionsThatTraceAtOnceWouldWaitForEachOther() throws Exception {
        int broken = 0;
        for (Future<?> done : crossing("b1", "b2", store::append)) {
            try {
                done.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(TraceUnavailable.class).hasMessageContaining("40P01");
                broken++;
            }
        }
        assertThat(broken).isOne();
    }

    @Test
    void traceOfNoRecordComesLast() {
        List<String> order = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            late.append(of(""), () -> order.add(""));
            late.append(of("c2"), () -> order.add("c2"));
            late.append(of("c1"), () -> order.add("c1"));
            assertThat(order).isEmpty();
        });
        assertThat(order).containsExactly("c1", "c2", "");
    }

    @Test
    void withoutATransactionItIsThereAtOnce() {
        late.append(of("d1"), () -> {});
        assertThat(traces("d1")).isOne();
    }

    @Test
    void whatIsUndoneLeavesNoTrace() {
        List<String> told = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            late.append(of("e1"), () -> told.add("e1"));
            status.setRollbackOnly();
        });
        assertThat(traces("e1")).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotBeStoredWithItTakesTheTraceAway() {
        assertThatThrownBy(() -> late.append(of("f1"), () -> {
                    throw new IllegalStateException("no notice");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(traces("f1")).isZero();
    }
}

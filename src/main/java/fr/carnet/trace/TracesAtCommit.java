package fr.carnet.trace;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds traces when the surrounding transaction commits, both or neither; at once where none surrounds.
 *
 * <p>A trace holds the end of its record's chain until the commit. So it comes after whatever else the transaction waits for,
 * and the traces of several records come in one order: no two transactions wait for each other.
 */
public final class TracesAtCommit {

    private final TraceStore traces;
    private final TransactionTemplate transaction;

    /** @param transaction joins the one that surrounds, or begins one */
    public TracesAtCommit(TraceStore traces, TransactionTemplate transaction) {
        this.traces = traces;
        this.transaction = transaction;
    }

    /**
     * Adds a trace.
     *
     * @param afterwards what is stored with it, and only once the end of the chain is held
     * @throws TraceUnavailable if it cannot be stored: the surrounding transaction throws it when it commits
     */
    public void append(TraceEntry entry, Runnable afterwards) {
        transaction.executeWithoutResult(status -> waiting().entries.add(new Late(entry, afterwards)));
    }

    private Waiting waiting() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Waiting.class::isInstance)
                .map(Waiting.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    var waiting = new Waiting();
                    TransactionSynchronizationManager.registerSynchronization(waiting);
                    return waiting;
                });
    }

    /** One that waits. */
    private record Late(TraceEntry entry, Runnable afterwards) {

        /** What concerns no record goes to chains of the server's own, and comes last. */
        private String record() {
            return entry.patient().orElse(null);
        }
    }

    /** Those of one transaction. */
    private final class Waiting implements TransactionSynchronization {

        private final List<Late> entries = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            transaction.executeWithoutResult(TransactionStatus::flush);
            entries.sort(comparing(Late::record, nullsLast(naturalOrder())));
            entries.forEach(late -> {
                traces.append(late.entry());
                late.afterwards().run();
            });
        }
    }
}

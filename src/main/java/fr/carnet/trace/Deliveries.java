package fr.carnet.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which answers were handed to the network whole. A trace is stored before its answer: if the server dies, or the
 * client goes, in between, it tells of a disclosure that may never have happened, and lacks this note.
 *
 * <p>Notes are stored many at a time, a moment after the answer: a crash loses some, and an answer that was read is then
 * taken for one that may not have been, never the other way round. Safe for use by many threads.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** What waits when the database does not take notes for a while; more is not noted. */
    private static final int MOST = 100_000;

    private static final int PIECE = 1_000;
    private static final long PAUSE_MILLIS = 200;

    private final DSLContext dsl;
    private final BlockingQueue<TraceNumber> waiting = new LinkedBlockingQueue<>(MOST);
    private final Thread writer = new Thread(this::write, "trace-deliveries");
    private volatile boolean closed;

    /** @param dsl connections that commit by themselves */
    public Deliveries(DSLContext dsl) {
        this.dsl = dsl;
        writer.setDaemon(true);
        writer.start();
    }

    /** The answer of this trace has been handed over; never waits. */
    public void delivered(TraceNumber trace) {
        if (!waiting.offer(trace)) {
            LOG.warn("a delivery is not noted: too many wait");
        }
    }

    private void write() {
        try {
            while (!closed) {
                flush();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores what waits. */
    synchronized void flush() {
        List<TraceNumber> piece = new ArrayList<>();
        while (waiting.drainTo(piece, PIECE) > 0) {
            try {
                store(piece);
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} deliveries are not noted: {}",
                        piece.size(),
                        e.getClass().getName());
            }
            piece.clear();
        }
    }

    private void store(List<TraceNumber> piece) {
        Long[] numbers = piece.stream().map(TraceNumber::seq).toArray(Long[]::new);
        dsl.query("""
                        insert into carnet.trace_delivery (seq, delivered_at) select unnest(?::bigint[]), clock_timestamp()
                        on conflict do nothing
                        """, (Object) numbers).execute();
    }

    /** Stores what waits, and takes no more. */
    @Override
    public void close() {
        closed = true;
        flush();
    }
}

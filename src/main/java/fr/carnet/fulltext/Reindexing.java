package fr.carnet.fulltext;

import fr.carnet.document.IndexedDocuments;
import fr.carnet.fulltext.Indexer.Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Makes the index anew from the registry, beside the one that is searched, and puts it in its place when it is whole. What
 * changes meanwhile goes to both. One at a time in the whole cluster; interrupted, it may simply be run again.
 */
public final class Reindexing {

    private static final int BATCH = 100;
    private static final int MOST_ATTEMPTS = 30;
    private static final long PAUSE_MILLIS = 1_000;
    /** An advisory lock of the session that reindexes. */
    private static final long LOCK = 0x6361726e65740007L;

    private final DSLContext dsl;
    private final IndexedDocuments documents;
    private final Indexer indexer;
    private final TextIndex index;

    Reindexing(DSLContext dsl, IndexedDocuments documents, Indexer indexer, TextIndex index) {
        this.dsl = dsl;
        this.documents = documents;
        this.indexer = indexer;
        this.index = index;
    }

    /** Told after each batch. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many documents are done.
         *
         * @param done so far
         * @param total when the work began
         */
        void at(int done, int total);
    }

    /**
     * Reindexes.
     *
     * @return documents done; empty if another node is at it
     * @throws IndexUnavailable if the engine does not answer, or stays too busy; the live index is as it was
     */
    public OptionalInt run(Progress progress) {
        return dsl.connectionResult(connection -> {
            // of one session: it ends with the connection, whatever happens to the node
            DSLContext session = DSL.using(connection, dsl.dialect());
            if (!session.resultQuery("select pg_try_advisory_lock({0})", DSL.val(LOCK))
                    .fetchSingle(0, Boolean.class)) {
                return OptionalInt.empty();
            }
            try {
                return OptionalInt.of(build(progress));
            } finally {
                session.execute("select pg_advisory_unlock({0})", DSL.val(LOCK));
            }
        });
    }

    private int build(Progress progress) {
        String generation = index.begin();
        int total = documents.count();
        int done = 0;
        progress.at(done, total);
        List<Address> batch = after(Optional.empty());
        while (!batch.isEmpty()) {
            write(batch, generation);
            done += batch.size();
            progress.at(done, Math.max(done, total));
            batch = after(Optional.of(batch.get(batch.size() - 1).document()));
        }
        index.publish(generation);
        return done;
    }

    private List<Address> after(Optional<String> last) {
        return documents.after(last, BATCH).entrySet().stream()
                .map(entry -> new Address(entry.getValue(), entry.getKey()))
                .toList();
    }

    /** An engine that is busy, or does not answer for a moment, is given time: what is done so far is not done again. */
    private void write(List<Address> batch, String generation) {
        List<Address> left = batch;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            left = refused(left, generation);
            if (!left.isEmpty()) {
                pause(attempt);
            }
        }
    }

    private List<Address> refused(List<Address> batch, String generation) {
        try {
            Set<String> refused = indexer.index(batch, Set.of(generation));
            return batch.stream()
                    .filter(address -> refused.contains(address.document()))
                    .toList();
        } catch (IndexUnavailable e) {
            return batch;
        }
    }

    private static void pause(int attempt) {
        if (attempt == MOST_ATTEMPTS) {
            throw new IndexUnavailable(new IllegalStateException("too busy"));
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexUnavailable(e);
        }
    }
}

package fr.carnet.fulltext;

import fr.carnet.shared.PromptJob;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index where there is none: at the first start, and after somebody deleted it. Until it is whole a search of words
 * is answered 503, never with less than there is. It takes its time beside the other jobs.
 */
final class IndexKeeper implements PromptJob, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final int TOLD_EVERY = 1_000;

    private final TextIndex index;
    private final Reindexing reindexing;
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicBoolean making = new AtomicBoolean();
    private final ExecutorService maker = Executors.newSingleThreadExecutor(work -> new Thread(work, "text-index"));

    IndexKeeper(TextIndex index, Reindexing reindexing) {
        this.index = index;
        this.reindexing = reindexing;
    }

    @Override
    public void run(Instant now) {
        try {
            if (!index.isLive() && !making.getAndSet(true)) {
                maker.execute(this::make);
            }
            if (down.getAndSet(false)) {
                LOG.info("text index back: what waits is indexed");
            }
        } catch (IndexUnavailable e) {
            if (!down.getAndSet(true)) {
                LOG.warn("text index unavailable: words cannot be searched, what is to be indexed waits");
            }
        }
    }

    /** What failed is begun again at the next round. */
    private void make() {
        try {
            reindexing.run(IndexKeeper::tell).ifPresent(done -> LOG.info("text index made: {} documents", done));
        } catch (RuntimeException e) {
            LOG.warn("text index not made: {}", e.getClass().getName());
        } finally {
            making.set(false);
        }
    }

    private static void tell(int done, int total) {
        if (done % TOLD_EVERY == 0 && total > 0) {
            LOG.info("text index: {} of {} documents", done, total);
        }
    }

    /** What is half made is made anew by whoever comes next. */
    @Override
    public void close() {
        maker.shutdownNow();
    }
}

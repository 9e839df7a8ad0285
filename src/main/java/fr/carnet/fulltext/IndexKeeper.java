package fr.carnet.fulltext;

import fr.carnet.shared.PromptJob;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index where there is none: at the first start, and after somebody deleted it. Until it is whole a search of words
 * is answered 503, never with less than there is.
 */
final class IndexKeeper implements PromptJob {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final int TOLD_EVERY = 1_000;

    private final TextIndex index;
    private final Reindexing reindexing;
    private final AtomicBoolean down = new AtomicBoolean();

    IndexKeeper(TextIndex index, Reindexing reindexing) {
        this.index = index;
        this.reindexing = reindexing;
    }

    @Override
    public void run(Instant now) {
        try {
            if (!index.isLive()) {
                reindexing.run(IndexKeeper::tell).ifPresent(done -> LOG.info("text index made: {} documents", done));
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

    private static void tell(int done, int total) {
        if (done % TOLD_EVERY == 0 && total > 0) {
            LOG.info("text index: {} of {} documents", done, total);
        }
    }
}

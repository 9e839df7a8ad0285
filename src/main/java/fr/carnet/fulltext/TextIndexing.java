package fr.carnet.fulltext;

import fr.carnet.outbox.OutboxRound;
import java.time.Instant;

/** All that keeps the index near the registry, for who does not wait for the next round of everything. */
public final class TextIndexing {

    private final IndexKeeper keeper;
    private final OutboxRound outbox;

    TextIndexing(IndexKeeper keeper, OutboxRound outbox) {
        this.keeper = keeper;
        this.outbox = outbox;
    }

    /** Makes the index if there is none, and brings it what waits. */
    public void run(Instant now) {
        keeper.run(now);
        outbox.run(now, IndexChanges.CHANNEL);
    }
}

package fr.carnet.dmp;

import fr.carnet.shared.DueJob;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Opens after six weeks, closes what was suspended, destroys after ten years or at the holder's request (R12, R22, R23, R26). */
@Component
class RecordJob implements DueJob {

    private static final Logger LOG = LoggerFactory.getLogger(RecordJob.class);

    private final FactsTable table;
    private final RecordKeeper keeper;

    RecordJob(FactsTable table, RecordKeeper keeper) {
        this.table = table;
        this.keeper = keeper;
    }

    /** Each record in a transaction of its own: one that fails holds up no other, and is tried again next time. */
    @Override
    public void run(Instant now) {
        table.due(now).forEach(id -> {
            try {
                keeper.catchUpIfDue(id, now);
            } catch (RuntimeException e) {
                LOG.error(
                        "what is due for Patient/{} failed: {}",
                        id,
                        e.getClass().getName());
            }
        });
    }
}

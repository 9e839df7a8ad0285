package fr.carnet.trace.chain;

import fr.carnet.shared.DueJob;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jooq.DSLContext;

/** Has the partitions of this month and the next two made, so that no trace has to go to the default one. */
public final class TraceMonths implements DueJob {

    private static final int AHEAD = 3;

    private final DSLContext dsl;

    /** @param dsl connections that commit by themselves */
    public TraceMonths(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void run(Instant now) {
        dsl.resultQuery(
                        "select carnet.prepare_trace_months(?::date, ?)",
                        now.atOffset(ZoneOffset.UTC).toLocalDate(),
                        AHEAD)
                .fetch();
    }
}

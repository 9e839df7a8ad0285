package fr.carnet.trace;

import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.trueCondition;

import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/**
 * The auditor sees everything, without titles.
 *
 * @param view of one record, or of all
 */
record ShownToAuditor(TraceView view) implements ShownTraces {

    @Override
    public Condition rows() {
        return view.patient().<Condition>map(TraceRow.PATIENT::eq).orElse(noCondition());
    }

    @Override
    public Condition lines() {
        return trueCondition();
    }

    @Override
    public Condition patient() {
        return TraceRow.PATIENT.isNotNull();
    }

    @Override
    public Condition consent() {
        return TraceRow.CONSENT.isNotNull();
    }

    @Override
    public Condition address() {
        return TraceRow.CLIENT_ADDRESS.isNotNull();
    }

    @Override
    public Optional<TraceEntry> shown(TraceEntry entry) {
        return Optional.of(entry);
    }

    @Override
    public Map<String, String> titles() {
        return Map.of();
    }
}

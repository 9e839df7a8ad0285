package fr.carnet.trace;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;

/**
 * The traces of one record in a span of time.
 *
 * @param patient FHIR id of the Patient
 * @param from first instant
 * @param to first instant after
 */
record TraceWindow(String patient, Optional<Instant> from, Optional<Instant> to) {

    TraceWindow {
        Objects.requireNonNull(patient);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
    }

    Condition condition() {
        Condition ofRecord = TraceRow.PATIENT.eq(patient);
        Condition since = from.map(TraceRow.RECORDED_AT::ge).map(ofRecord::and).orElse(ofRecord);
        return to.map(TraceRow.RECORDED_AT::lt).map(since::and).orElse(since);
    }
}

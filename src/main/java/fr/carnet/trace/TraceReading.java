package fr.carnet.trace;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A permitted reading of traces, left with the request by whoever judged it.
 *
 * @param view whose traces, and who reads them
 * @param query which of them
 */
public record TraceReading(TraceView view, TraceQuery query) {

    private static final String KEY = TraceReading.class.getName();

    /** @throws NullPointerException if a component is missing */
    public TraceReading {
        Objects.requireNonNull(view);
        Objects.requireNonNull(query);
    }

    /** Leaves this reading with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /** The reading of a request; empty when nobody has decided on it: it is then not served. */
    static Optional<TraceReading> of(Map<Object, Object> userData) {
        return Optional.ofNullable((TraceReading) userData.get(KEY));
    }
}

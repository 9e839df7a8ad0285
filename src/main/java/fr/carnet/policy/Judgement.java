package fr.carnet.policy;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the judge found at the entrance of a request; the rooms that act work from this alone.
 *
 * @param caller who asks
 * @param context in which circumstances
 * @param patient the one patient whom the request concerns; empty when no record is known for him
 * @param keys visibility keys of the caller for this patient; empty = sees nothing
 * @param permit the record-level permission
 * @param now the instant of the request: the same in SQL, in memory and in the trace
 */
public record Judgement(
        Caller caller,
        AccessContext context,
        Optional<PatientFacts> patient,
        CallerKeys keys,
        Decision.Permit permit,
        Instant now) {

    private static final String KEY = Judgement.class.getName();

    /** @throws NullPointerException if a component is missing */
    public Judgement {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(context);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(keys);
        Objects.requireNonNull(permit);
        Objects.requireNonNull(now);
    }

    /** Leaves this judgement with the request. */
    public void storeIn(Map<Object, Object> userData) {
        userData.put(KEY, this);
    }

    /**
     * The judgement of a request.
     *
     * @param userData of the request
     * @throws IllegalStateException if nobody judged it: then nothing may happen
     */
    public static Judgement of(Map<Object, Object> userData) {
        if (userData.get(KEY) instanceof Judgement judgement) {
            return judgement;
        }
        throw new IllegalStateException("request was not judged");
    }
}

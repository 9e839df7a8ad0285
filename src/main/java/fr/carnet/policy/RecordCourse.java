package fr.carnet.policy;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far the life of a record has come, as it was last stored.
 *
 * @param state last stored state
 * @param since since when
 * @param activated the holder had activated the record when it was closed or suspended (R16)
 * @param contested when the holder objected to the closing of his suspended record (R26)
 * @param deletionRequested when the deletion of the closed record was asked for (R23)
 */
public record RecordCourse(
        RecordState state,
        Instant since,
        boolean activated,
        Optional<Instant> contested,
        Optional<Instant> deletionRequested) {

    /** @throws NullPointerException if a component is missing */
    public RecordCourse {
        Objects.requireNonNull(state);
        Objects.requireNonNull(since);
        Objects.requireNonNull(contested);
        Objects.requireNonNull(deletionRequested);
    }

    /** In this state since then, with nothing pending. */
    public static RecordCourse of(RecordState state, Instant since) {
        return new RecordCourse(state, since, false, Optional.empty(), Optional.empty());
    }
}

package fr.carnet.dmp;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A notice that is owed to somebody. It says neither what nor whose name: that is looked up when it is delivered, to
 * whoever is concerned then (R98).
 *
 * @param kind who is to be told of what
 * @param rule number of the rule that obliges, e.g. {@code R57}
 * @param patient FHIR id of the patient
 * @param document FHIR id of the document; empty when the notice is about the record
 * @param due not to be delivered before
 */
public record OwedNotice(Kind kind, String rule, String patient, Optional<String> document, Instant due) {

    /** @throws NullPointerException if a component is missing */
    public OwedNotice {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(document);
        Objects.requireNonNull(due);
    }

    /** Who is to be told of what. */
    public enum Kind {
        /** The holder, of a document that he may see from now on (R96, R112, R114). */
        HOLDER_OF_DOCUMENT,
        /** The holder, of the first access of a professional (R96). */
        HOLDER_OF_ACCESS,
        /** Whoever will be the holder, that a space will be opened for him (R11). */
        HOLDER_BEFORE_OPENING,
        /** The holder, of what somebody else did with his record (R26). */
        HOLDER_OF_RECORD,
        /** The holder, that a message waits for him (R165). */
        HOLDER_OF_MESSAGE,
        /** The holder, of an access in an emergency (R57). */
        HOLDER_OF_EMERGENCY,
        /** The treating physician, of an access in an emergency (R57). */
        TREATING_PHYSICIAN_OF_EMERGENCY,
        /** The holder, that there is something new of which a professional should tell him (R113). */
        HOLDER_TO_SEE_A_PROFESSIONAL
    }
}

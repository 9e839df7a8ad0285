package fr.carnet.messaging.conversation;

import java.util.Objects;

/**
 * A conversation that has begun.
 *
 * @param id of the Communication that began it
 * @param patient FHIR id of the patient
 * @param party the professional's side
 */
public record Conversation(String id, String patient, Party party) {

    /** @throws NullPointerException if a component is missing */
    public Conversation {
        Objects.requireNonNull(id);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(party);
    }
}

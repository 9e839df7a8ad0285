package fr.carnet.policy;

import fr.carnet.policy.PatientFacts.Representative.Title;
import java.util.Objects;

/**
 * Who acts for a patient in law, or assists him (R147, R149).
 *
 * @param localId subject of his tokens
 * @param title as what
 */
public record RelatedFacts(String localId, Title title) implements CircleFacts {

    /** @throws NullPointerException if a component is missing */
    public RelatedFacts {
        Objects.requireNonNull(localId);
        Objects.requireNonNull(title);
    }

    /** Personal data stays out of logs: the title only. */
    @Override
    public String toString() {
        return "RelatedFacts[" + title + "]";
    }
}

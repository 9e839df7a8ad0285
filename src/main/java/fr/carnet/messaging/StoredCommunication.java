package fr.carnet.messaging;

import fr.carnet.dmp.Shown;
import fr.carnet.policy.CommunicationFacts;
import java.util.Objects;
import org.hl7.fhir.r4.model.Communication;

/**
 * A notice or a message, as it is kept.
 *
 * @param patient FHIR id of the patient whose record it belongs to
 * @param facts who may read it
 * @param resource with id and version once it is stored; sent, status and one category are always there
 */
public record StoredCommunication(String patient, CommunicationFacts facts, Communication resource) {

    /** @throws NullPointerException if a component is missing */
    public StoredCommunication {
        Objects.requireNonNull(patient);
        Objects.requireNonNull(facts);
        Objects.requireNonNull(resource);
    }

    /** As it is answered, with the facts by which it is judged once more. */
    Communication shown() {
        Communication answered = resource.copy();
        Shown.mark(answered, facts);
        return answered;
    }

    /** Personal data stays out of logs: the id only. */
    @Override
    public String toString() {
        return "StoredCommunication[" + resource.getIdElement().getIdPart() + "]";
    }
}

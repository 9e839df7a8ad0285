package fr.carnet.dmp;

import fr.carnet.policy.RecordLife.Due;
import java.time.Instant;

/** Is told of what time alone did to a record, inside the transaction that stores it; answered by {@code enforcement}. */
@FunctionalInterface
public interface RecordEvents {

    /**
     * A record has taken a step that was due: trace it, and take away what a destruction takes away.
     *
     * @param patientId FHIR id of the patient
     * @param due the step
     * @param at when it is stored
     */
    void happened(String patientId, Due due, Instant at);
}

package fr.carnet.policy;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One question to the policy, with every fact it needs.
 *
 * @param caller who asks
 * @param context in which circumstances
 * @param action what for
 * @param patient facts of the record; empty when no record is known for the matricule
 * @param document facts of the document; empty for the record-level steps alone
 * @param consent the consent to create or end; only with the two consent actions
 * @param now the instant of the request
 */
public record AccessRequest(
        Caller caller,
        AccessContext context,
        Action action,
        Optional<PatientFacts> patient,
        Optional<DocumentFacts> document,
        Optional<ConsentFacts> consent,
        Instant now) {

    /** @throws NullPointerException if a component is missing */
    public AccessRequest {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(context);
        Objects.requireNonNull(action);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(document);
        Objects.requireNonNull(consent);
        Objects.requireNonNull(now);
    }
}

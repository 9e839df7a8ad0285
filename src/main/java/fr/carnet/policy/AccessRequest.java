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
 * @param consent the consent to create, end or read; only with the consent actions
 * @param circle the team, person, communication or conversation to declare, change or read; only with their actions
 * @param now the instant of the request
 */
public record AccessRequest(
        Caller caller,
        AccessContext context,
        Action action,
        Optional<PatientFacts> patient,
        Optional<DocumentFacts> document,
        Optional<ConsentFacts> consent,
        Optional<CircleFacts> circle,
        Instant now) {

    /** @throws NullPointerException if a component is missing */
    public AccessRequest {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(context);
        Objects.requireNonNull(action);
        Objects.requireNonNull(patient);
        Objects.requireNonNull(document);
        Objects.requireNonNull(consent);
        Objects.requireNonNull(circle);
        Objects.requireNonNull(now);
    }

    /** A question about neither team nor person nor conversation. */
    public AccessRequest(
            Caller caller,
            AccessContext context,
            Action action,
            Optional<PatientFacts> patient,
            Optional<DocumentFacts> document,
            Optional<ConsentFacts> consent,
            Instant now) {
        this(caller, context, action, patient, document, consent, Optional.empty(), now);
    }

    /** The team in question. */
    Optional<TeamFacts> team() {
        return circle.filter(TeamFacts.class::isInstance).map(TeamFacts.class::cast);
    }

    /** The conversation in question. */
    Optional<ConversationFacts> conversation() {
        return circle.filter(ConversationFacts.class::isInstance).map(ConversationFacts.class::cast);
    }

    /** The person in question. */
    Optional<RelatedFacts> related() {
        return circle.filter(RelatedFacts.class::isInstance).map(RelatedFacts.class::cast);
    }

    /** The notice or message in question. */
    Optional<CommunicationFacts> communication() {
        return circle.filter(CommunicationFacts.class::isInstance).map(CommunicationFacts.class::cast);
    }
}

package fr.carnet.enforcement;

import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.CircleFacts;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the questions of one request to the policy, and notes the rule that decided. */
final class Court {

    private final Policy policy;
    private final Caller caller;
    private final AccessContext context;
    private final Optional<PatientFacts> patient;
    private final Instant now;
    private final RequestNotes notes;

    Court(
            Policy policy,
            Caller caller,
            AccessContext context,
            Optional<PatientFacts> patient,
            Instant now,
            Map<Object, Object> userData) {
        this.policy = policy;
        this.caller = caller;
        this.context = context;
        this.patient = patient;
        this.now = now;
        this.notes = RequestNotes.of(userData);
    }

    /** The court of a request that was judged at the entrance: the same caller, patient and instant. */
    static Court of(Map<Object, Object> userData, Policy policy) {
        Judgement judgement = Judgement.of(userData);
        return new Court(
                policy, judgement.caller(), judgement.context(), judgement.patient(), judgement.now(), userData);
    }

    /** The record-level steps alone. */
    Decision decide(Action action) {
        return ask(action, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Everything, for one document. */
    Decision decide(Action action, DocumentFacts document) {
        return ask(action, Optional.of(document), Optional.empty(), Optional.empty());
    }

    /** Everything, for a consent. */
    Decision decide(Action action, ConsentFacts consent) {
        return ask(action, Optional.empty(), Optional.of(consent), Optional.empty());
    }

    /** Everything, for a care team or for who acts for the patient. */
    Decision decide(Action action, CircleFacts circle) {
        return ask(action, Optional.empty(), Optional.empty(), Optional.of(circle));
    }

    /**
     * The permission, or the refusal as an answer.
     *
     * @throws fr.carnet.shared.Fault if it is refused
     */
    Permit require(Decision decision) {
        if (decision instanceof Deny deny) {
            notes.refusedBy(deny.reason());
            throw Refused.by(deny);
        }
        Permit permit = (Permit) decision;
        notes.decidedBy(permit.reasons().get(0));
        permit.consent().ifPresent(notes::authorisedBy);
        patient.ifPresent(p -> notes.owes(Notices.ofRecord(permit, p.id(), now)));
        return permit;
    }

    /** Like {@link #require}, of the change that makes a document what it is from now on. */
    Permit require(Decision decision, String document) {
        Permit permit = require(decision);
        patient.flatMap(p -> Notices.ofDocument(permit, p.id(), document, now))
                .ifPresent(notice -> notes.owes(List.of(notice)));
        return permit;
    }

    private Decision ask(
            Action action,
            Optional<DocumentFacts> document,
            Optional<ConsentFacts> consent,
            Optional<CircleFacts> circle) {
        return policy.decide(new AccessRequest(caller, context, action, patient, document, consent, circle, now));
    }
}

package fr.carnet.enforcement;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.messaging.mssante.MailCourt;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mails before the judge: the same policy as for a request, and the same trace (R90, R166). */
record MailTrial(Policy policy, OwnTraces traces) implements MailCourt {

    @Override
    public boolean permits(
            Caller sender,
            Optional<PatientFacts> patient,
            ConversationFacts conversation,
            boolean starts,
            Instant now) {
        var writing = new AccessRequest(
                sender,
                new AccessContext(
                        patient.map(PatientFacts::ins), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false),
                starts ? Action.START_CONVERSATION : Action.ANSWER_MESSAGE,
                patient,
                Optional.empty(),
                Optional.empty(),
                Optional.of(conversation),
                now);
        Decision decision = policy.decide(writing);
        List<OwedNotice> owed = decision instanceof Permit permit
                ? patient.map(p -> Notices.ofRecord(permit, p.id(), now)).orElse(List.of())
                : List.of();
        traces.judged(writing, decision, List.of(), owed);
        return decision.permitted();
    }
}

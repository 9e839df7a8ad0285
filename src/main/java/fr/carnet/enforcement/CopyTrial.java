package fr.carnet.enforcement;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.messaging.copy.Copy;
import fr.carnet.messaging.copy.CopyCourt;
import fr.carnet.messaging.copy.CopyRecipient;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.trace.TraceLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies before the judge, when they leave: the policy as of then, and no copy without its trace (R90, R169, R170). */
record CopyTrial(Policy policy, OwnTraces traces) implements CopyCourt {

    @Override
    public boolean permits(
            CopyRecipient recipient,
            Copy copy,
            PatientFacts patient,
            DocumentFacts document,
            Optional<ConversationFacts> conversation,
            Instant now) {
        AccessContext context = new AccessContext(
                Optional.of(patient.ins()), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, copy.secret());
        var copying = new AccessRequest(
                copy.depositor(),
                context,
                recipient.action(),
                Optional.of(patient),
                Optional.of(document),
                Optional.empty(),
                now);
        Optional<Decision> writing = conversation.map(facts -> policy.decide(new AccessRequest(
                copy.depositor(),
                context,
                Action.START_CONVERSATION,
                Optional.of(patient),
                Optional.empty(),
                Optional.empty(),
                Optional.of(facts),
                now)));
        Decision decision = policy.decide(copying);
        if (!decision.permitted()
                || writing.filter(refused -> !refused.permitted()).isPresent()) {
            return false;
        }
        List<OwedNotice> owed = writing.map(written -> Notices.ofRecord((Permit) written, patient.id(), now))
                .orElse(List.of());
        traces.judged(copying, decision, List.of(disclosed(copy)), owed);
        return true;
    }

    private static TraceLine disclosed(Copy copy) {
        return new TraceLine(
                "DocumentReference/" + copy.document(), Optional.empty(), Optional.empty(), TraceLine.Effect.DISCLOSED);
    }
}

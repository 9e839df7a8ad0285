package fr.carnet.enforcement;

import fr.carnet.dmp.Obligations;
import fr.carnet.messaging.copy.Copy;
import fr.carnet.messaging.copy.CopyCourt;
import fr.carnet.messaging.copy.CopyRecipient;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.Interaction;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceLine;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import fr.carnet.trace.Who;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Copies before the judge, when they leave: the policy as of then, and no copy without its trace (R90, R169, R170). */
record CopyTrial(Policy policy, Obligations obligations, TraceStore traces, String policyVersion) implements CopyCourt {

    private static final int DONE = 201;

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
        if (!(policy.decide(copying) instanceof Permit permit)) {
            return false;
        }
        if (conversation.isPresent()) {
            var writing = new AccessRequest(
                    copy.depositor(),
                    context,
                    Action.START_CONVERSATION,
                    Optional.of(patient),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(conversation.get()),
                    now);
            if (!(policy.decide(writing) instanceof Permit written)) {
                return false;
            }
            Notices.ofRecord(written, patient.id(), now).forEach(notice -> obligations.add(notice, now));
        }
        traces.append(trace(recipient, copy, patient, context, permit, now));
        return true;
    }

    private TraceEntry trace(
            CopyRecipient recipient,
            Copy copy,
            PatientFacts patient,
            AccessContext context,
            Permit permit,
            Instant now) {
        return TraceEntry.at(
                now,
                Optional.of(patient.id()),
                Optional.of(Who.of(copy.depositor())),
                new TracedRequest(
                        Optional.of(Interaction.CREATE),
                        Optional.of(recipient.action()),
                        Optional.empty(),
                        Optional.of("Communication"),
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID().toString()),
                Circumstances.of(context),
                new Verdict(
                        Outcome.PERMITTED,
                        Optional.of(RuleRef.of(permit.reasons().get(0))),
                        policyVersion,
                        DONE,
                        Optional.of(1)),
                List.of(new TraceLine(
                        "DocumentReference/" + copy.document(),
                        Optional.empty(),
                        Optional.empty(),
                        TraceLine.Effect.DISCLOSED)));
    }
}

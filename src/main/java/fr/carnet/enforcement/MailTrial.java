package fr.carnet.enforcement;

import fr.carnet.dmp.Obligations;
import fr.carnet.messaging.mssante.MailCourt;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessContext.EmergencyStatement;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Caller;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.Interaction;
import fr.carnet.trace.TraceEntry;
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

/** Mails before the judge: the same policy as for a request, and the same trace (R90, R166). */
record MailTrial(Policy policy, Obligations obligations, TraceStore traces, String policyVersion) implements MailCourt {

    private static final int DONE = 201;

    @Override
    public boolean permits(
            Caller sender,
            Optional<PatientFacts> patient,
            ConversationFacts conversation,
            boolean starts,
            Instant now) {
        AccessContext context = new AccessContext(
                patient.map(PatientFacts::ins), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);
        Action action = starts ? Action.START_CONVERSATION : Action.ANSWER_MESSAGE;
        Decision decision = policy.decide(new AccessRequest(
                sender, context, action, patient, Optional.empty(), Optional.empty(), Optional.of(conversation), now));
        traces.append(trace(sender, context, action, patient, decision, now));
        if (decision instanceof Permit permit && patient.isPresent()) {
            Notices.ofRecord(permit, patient.get().id(), now).forEach(notice -> obligations.add(notice, now));
        }
        return decision.permitted();
    }

    private TraceEntry trace(
            Caller sender,
            AccessContext context,
            Action action,
            Optional<PatientFacts> patient,
            Decision decision,
            Instant now) {
        Rule rule = decision instanceof Deny deny
                ? deny.reason()
                : ((Permit) decision).reasons().get(0);
        Verdict verdict = new Verdict(
                decision.permitted() ? Outcome.PERMITTED : Outcome.REFUSED,
                Optional.of(RuleRef.of(rule)),
                policyVersion,
                decision.permitted() ? DONE : rule.status(),
                Optional.empty());
        return TraceEntry.at(
                now,
                patient.map(PatientFacts::id),
                Optional.of(Who.of(sender)),
                new TracedRequest(
                        Optional.of(Interaction.CREATE),
                        Optional.of(action),
                        Optional.empty(),
                        Optional.of("Communication"),
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID().toString()),
                Circumstances.of(context),
                verdict,
                List.of());
    }
}

package fr.carnet.enforcement;

import fr.carnet.dmp.Obligations;
import fr.carnet.dmp.OwedNotice;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.AccessContext;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.Interaction;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceLine;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.TracesAtCommit;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import fr.carnet.trace.Who;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Traces of what no request to the server asked for: what a date brings about, a mail that came in, a copy that leaves (R90).
 * Each is stored when the surrounding transaction commits, and with it the notices that it owes.
 */
record OwnTraces(TracesAtCommit traces, Obligations obligations, String policyVersion) {

    private static final int DONE = 200;
    private static final int CREATED = 201;

    /** The trace of a change of a document, because of a date: nobody called. */
    void changed(
            String document,
            long version,
            String patient,
            Action action,
            Rule rule,
            Instant now,
            List<OwedNotice> owed) {
        var line = new TraceLine(
                "DocumentReference/" + document,
                Optional.of(Math.toIntExact(version)),
                Optional.empty(),
                TraceLine.Effect.WRITTEN);
        append(
                happened(
                        patient,
                        asked(Interaction.PATCH, Optional.of(action), "DocumentReference"),
                        permitted(rule, DONE, Optional.of(1)),
                        line,
                        now),
                owed);
    }

    /** The trace of a step in the life of a record, because of a date: nobody called. */
    void led(String patient, Rule rule, Instant now, List<OwedNotice> owed) {
        var line = new TraceLine("Patient/" + patient, Optional.empty(), Optional.empty(), TraceLine.Effect.WRITTEN);
        append(
                happened(
                        patient,
                        asked(Interaction.OPERATION, Optional.empty(), "Patient"),
                        permitted(rule, DONE, Optional.empty()),
                        line,
                        now),
                owed);
    }

    /**
     * The trace of what was written into a record, or not, without a request.
     *
     * @param asked as the policy was
     * @param disclosed what the reader learns of by it
     */
    void judged(AccessRequest asked, Decision decision, List<TraceLine> disclosed, List<OwedNotice> owed) {
        append(
                TraceEntry.at(
                        asked.now(),
                        asked.patient().map(PatientFacts::id),
                        Optional.of(Who.of(asked.caller())),
                        asked(Interaction.CREATE, Optional.of(asked.action()), "Communication"),
                        Circumstances.of(asked.context()),
                        verdict(decision, CREATED, disclosed),
                        disclosed),
                owed);
    }

    /**
     * The trace of a copy of a record that an operator made at the machine, or was refused; of no request.
     *
     * @param disclosed what is in it
     */
    void exported(Who operator, Optional<String> patient, Decision decision, List<TraceLine> disclosed, Instant now) {
        append(
                TraceEntry.at(
                        now,
                        patient,
                        Optional.of(operator),
                        asked(Interaction.OPERATION, Optional.of(Action.EXPORT_RECORD), "Patient"),
                        Circumstances.of(AccessContext.NORMAL),
                        verdict(decision, DONE, disclosed),
                        disclosed),
                List.of());
    }

    private Verdict verdict(Decision decision, int done, List<TraceLine> disclosed) {
        Optional<Integer> total = disclosed.isEmpty() ? Optional.empty() : Optional.of(disclosed.size());
        return decision instanceof Deny deny
                ? verdict(Outcome.REFUSED, deny.reason(), deny.reason().status(), total)
                : permitted(((Permit) decision).reasons().get(0), done, total);
    }

    private static TraceEntry happened(
            String patient, TracedRequest request, Verdict verdict, TraceLine line, Instant now) {
        return TraceEntry.at(
                now, Optional.of(patient), Optional.empty(), request, Circumstances.UNKNOWN, verdict, List.of(line));
    }

    private static TracedRequest asked(Interaction interaction, Optional<Action> action, String type) {
        return new TracedRequest(
                Optional.of(interaction),
                action,
                Optional.empty(),
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                UUID.randomUUID().toString());
    }

    private Verdict permitted(Rule rule, int status, Optional<Integer> total) {
        return verdict(Outcome.PERMITTED, rule, status, total);
    }

    private Verdict verdict(Outcome outcome, Rule rule, int status, Optional<Integer> total) {
        return new Verdict(outcome, Optional.of(RuleRef.of(rule)), policyVersion, status, total);
    }

    private void append(TraceEntry entry, List<OwedNotice> owed) {
        traces.append(entry, () -> owed.forEach(notice -> obligations.add(notice, entry.recordedAt())));
    }
}

package fr.carnet.enforcement;

import fr.carnet.policy.Action;
import fr.carnet.policy.Rule;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.Interaction;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceLine;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Traces of what the server does by itself, because of a date: nobody called (R90). */
record OwnTraces(TraceStore traces, String policyVersion) {

    private static final int DONE = 200;

    /** Stores the trace of a change of a document, in the transaction that stores the change. */
    void changed(String document, long version, String patient, Action action, Rule rule, Instant now) {
        Optional<Integer> versioned = Optional.of(Math.toIntExact(version));
        append(
                now,
                patient,
                Interaction.PATCH,
                Optional.of(action),
                rule,
                Optional.of(1),
                "DocumentReference",
                document,
                versioned);
    }

    /** Stores the trace of a step in the life of a record, in the transaction that stores the step. */
    void led(String patient, Rule rule, Instant now) {
        append(
                now,
                patient,
                Interaction.OPERATION,
                Optional.empty(),
                rule,
                Optional.empty(),
                "Patient",
                patient,
                Optional.empty());
    }

    private void append(
            Instant now,
            String patient,
            Interaction interaction,
            Optional<Action> action,
            Rule rule,
            Optional<Integer> total,
            String type,
            String id,
            Optional<Integer> version) {
        traces.append(TraceEntry.at(
                now,
                Optional.of(patient),
                Optional.empty(),
                new TracedRequest(
                        Optional.of(interaction),
                        action,
                        Optional.empty(),
                        Optional.of(type),
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID().toString()),
                Circumstances.UNKNOWN,
                new Verdict(Outcome.PERMITTED, Optional.of(RuleRef.of(rule)), policyVersion, DONE, total),
                List.of(new TraceLine(type + "/" + id, version, Optional.empty(), TraceLine.Effect.WRITTEN))));
    }
}

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

/** Traces of what the server does to a document by itself, because of a date: nobody called (R90). */
record OwnTraces(TraceStore traces, String policyVersion) {

    private static final int DONE = 200;

    /** Stores the trace of a change, in the transaction that stores the change. */
    void changed(String document, long version, String patient, Action action, Rule rule, Instant now) {
        traces.append(TraceEntry.at(
                now,
                Optional.of(patient),
                Optional.empty(),
                new TracedRequest(
                        Optional.of(Interaction.PATCH),
                        Optional.of(action),
                        Optional.empty(),
                        Optional.of("DocumentReference"),
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID().toString()),
                Circumstances.UNKNOWN,
                new Verdict(Outcome.PERMITTED, Optional.of(RuleRef.of(rule)), policyVersion, DONE, Optional.of(1)),
                List.of(new TraceLine(
                        "DocumentReference/" + document,
                        Optional.of(Math.toIntExact(version)),
                        Optional.empty(),
                        TraceLine.Effect.WRITTEN))));
    }
}

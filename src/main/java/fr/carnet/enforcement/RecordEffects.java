package fr.carnet.enforcement;

import fr.carnet.dmp.RecordEvents;
import fr.carnet.document.Destruction;
import fr.carnet.policy.RecordLife.Due;
import fr.carnet.policy.RecordState;
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

/** What time alone does to a record: traced like a request, without a caller; a destruction takes the documents away. */
final class RecordEffects implements RecordEvents {

    private static final int DONE = 200;

    private final Destruction destruction;
    private final TraceStore traces;
    private final String policyVersion;

    RecordEffects(Destruction destruction, TraceStore traces, String policyVersion) {
        this.destruction = destruction;
        this.traces = traces;
        this.policyVersion = policyVersion;
    }

    @Override
    public void happened(String patientId, Due due, Instant at) {
        if (due.course().state() == RecordState.DESTROYED) {
            destruction.destroy(patientId);
        }
        traces.append(TraceEntry.at(
                at,
                Optional.of(patientId),
                Optional.empty(),
                new TracedRequest(
                        Optional.of(Interaction.OPERATION),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("Patient"),
                        Optional.empty(),
                        Optional.empty(),
                        UUID.randomUUID().toString()),
                Circumstances.UNKNOWN,
                new Verdict(
                        Outcome.PERMITTED, Optional.of(RuleRef.of(due.rule())), policyVersion, DONE, Optional.empty()),
                List.of(new TraceLine(
                        "Patient/" + patientId, Optional.empty(), Optional.empty(), TraceLine.Effect.WRITTEN))));
    }
}

package fr.carnet.enforcement;

import fr.carnet.caller.DoorTrace;
import fr.carnet.trace.Circumstances;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.Outcome;
import fr.carnet.trace.Verdict.RuleRef;
import java.util.List;
import java.util.Optional;

/** Traces what got no further than the door. */
final class DoorTraces implements DoorTrace {

    private final TraceStore traces;
    private final String policyVersion;

    DoorTraces(TraceStore traces, String policyVersion) {
        this.traces = traces;
        this.policyVersion = policyVersion;
    }

    @Override
    public void refused(Attempt attempt) {
        traces.append(TraceEntry.at(
                attempt.at(),
                Optional.empty(),
                Optional.empty(),
                new TracedRequest(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(attempt.remoteAddress()),
                        attempt.correlationId()),
                Circumstances.UNKNOWN,
                new Verdict(
                        Outcome.REFUSED,
                        Optional.of(new RuleRef("door", attempt.error().code())),
                        policyVersion,
                        attempt.error().status(),
                        Optional.empty()),
                List.of()));
    }
}

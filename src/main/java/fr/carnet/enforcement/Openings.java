package fr.carnet.enforcement;

import fr.carnet.caller.CallerSession;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.Policy;
import fr.carnet.trace.TraceEntry;
import fr.carnet.trace.TracedRequest;
import fr.carnet.trace.Verdict;
import fr.carnet.trace.Verdict.RuleRef;
import java.util.List;
import java.util.Optional;

/**
 * What a declaration opens to the professional who made it: a decision by a Consent, traced apart from the declaration (BALP,
 * AuthZconsent). Each later access is decided anew, and names the Consent in its own trace.
 */
record Openings(Policy policy, PatientRecords records) {

    /**
     * The trace of the decision, for the transaction that stores the declaration.
     *
     * @param consent FHIR id of what was just declared
     * @param declaration its trace
     * @return empty if the professional may still not consult, or may by something else
     */
    Optional<TraceEntry> of(String consent, CallerSession session, TraceEntry declaration) {
        var consulting = new AccessRequest(
                session.caller(),
                session.context(),
                Action.SEARCH,
                declaration.patient().flatMap(id -> records.byId(id, session.caller())),
                Optional.empty(),
                Optional.empty(),
                declaration.recordedAt());
        return Optional.of(policy.decide(consulting))
                .filter(Decision::permitted)
                .map(Permit.class::cast)
                .filter(permit -> permit.consent().equals(Optional.of(consent)))
                .map(permit -> trace(permit, declaration));
    }

    private static TraceEntry trace(Permit permit, TraceEntry declaration) {
        return TraceEntry.at(
                declaration.recordedAt(),
                declaration.patient(),
                declaration.who(),
                TracedRequest.decision(declaration.request()),
                declaration.circumstances(),
                new Verdict(
                                Verdict.Outcome.PERMITTED,
                                Optional.of(RuleRef.of(permit.reasons().get(0))),
                                declaration.verdict().policyVersion(),
                                declaration.verdict().status(),
                                Optional.empty())
                        .under(permit.consent()),
                List.of());
    }
}

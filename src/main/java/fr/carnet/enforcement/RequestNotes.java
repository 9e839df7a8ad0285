package fr.carnet.enforcement;

import fr.carnet.dmp.OwedNotice;
import fr.carnet.policy.Action;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.trace.TraceLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rooms note about a request on its way, for the trace at its end. One per request, used by one thread.
 *
 * <p>Filled even when the request is refused half-way: a refusal is traced with as much as was known.
 */
final class RequestNotes {

    private static final String KEY = RequestNotes.class.getName();

    private final List<TraceLine> lines = new ArrayList<>();
    private final Set<OwedNotice> owed = new LinkedHashSet<>();
    private Optional<PatientFacts> patient = Optional.empty();
    private Optional<Action> action = Optional.empty();
    private Optional<Rule> rule = Optional.empty();
    private Optional<Rule> refusal = Optional.empty();
    private Optional<String> consent = Optional.empty();
    private Optional<String> declared = Optional.empty();
    private final Set<String> tolerances = new LinkedHashSet<>();
    private boolean traced;

    /** Notes of a request, made on first use. */
    static RequestNotes of(Map<Object, Object> userData) {
        return (RequestNotes) userData.computeIfAbsent(KEY, k -> new RequestNotes());
    }

    void concerns(PatientFacts facts) {
        patient = Optional.of(facts);
    }

    void asks(Action asked) {
        action = Optional.of(asked);
    }

    void decidedBy(Rule decisive) {
        rule = Optional.of(decisive);
    }

    void refusedBy(Rule decisive) {
        decidedBy(decisive);
        refusal = Optional.of(decisive);
    }

    /** FHIR id of the Consent that authorises the caller. */
    void authorisedBy(String consentId) {
        consent = Optional.of(consentId);
    }

    /** FHIR id of the Consent that the caller has just declared. */
    void declares(String consentId) {
        declared = Optional.of(consentId);
    }

    void add(TraceLine line) {
        lines.add(line);
    }

    void owes(Collection<OwedNotice> notices) {
        owed.addAll(notices);
    }

    /** Nothing was done that anybody would have to be told of. */
    void owesNothing() {
        owed.clear();
    }

    void tolerates(String name) {
        tolerances.add(name);
    }

    /** What is wrong with what was sent, and accepted all the same. */
    List<String> tolerances() {
        return List.copyOf(tolerances);
    }

    void markTraced() {
        traced = true;
    }

    /** The transaction that was to store the trace did not commit: neither the trace nor what was written is there. */
    void rolledBack() {
        traced = false;
        declared = Optional.empty();
        lines.removeIf(line -> line.effect() == TraceLine.Effect.WRITTEN);
        owed.removeIf(notice -> notice.document().isPresent());
    }

    boolean isTraced() {
        return traced;
    }

    Optional<PatientFacts> patient() {
        return patient;
    }

    Optional<Action> action() {
        return action;
    }

    Optional<Rule> rule() {
        return rule;
    }

    /** The rule that refused, told or not. */
    Optional<Rule> refusal() {
        return refusal;
    }

    Optional<String> consent() {
        return consent;
    }

    Optional<String> declared() {
        return declared;
    }

    /** Notices to which what is permitted obliges. */
    List<OwedNotice> owed() {
        return List.copyOf(owed);
    }

    List<TraceLine> lines() {
        return List.copyOf(lines);
    }
}

package fr.carnet.policy;

import java.util.Optional;

/**
 * One check of the published order on one request.
 *
 * @param point where it stands
 * @param examination what it finds
 */
record Check(CheckPoint point, Examination examination) {

    /** The rule that refuses; empty if this check has nothing against the request. */
    Optional<Rule> refusal(AccessRequest request) {
        return verdict(request).filter(rule -> !rule.permits());
    }

    /** The rule that permits or refuses; empty where nothing had to be looked at. */
    Optional<Rule> verdict(AccessRequest request) {
        return examination.verdict(request);
    }

    /** What a check finds. */
    @FunctionalInterface
    interface Examination {
        Optional<Rule> verdict(AccessRequest request);
    }
}

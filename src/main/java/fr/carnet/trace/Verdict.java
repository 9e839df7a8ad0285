package fr.carnet.trace;

import fr.carnet.policy.Rule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a request ended.
 *
 * @param outcome permitted, refused or failed
 * @param rule rule that refused or, of a permit, the first that allowed
 * @param policyVersion version of the rules and of the settings under which it was judged
 * @param status HTTP status of the answer
 * @param resultCount how many resources the answer discloses; empty where counting makes no sense
 * @param tolerances names of what was wrong and accepted all the same, e.g. {@code language-missing}
 * @param consent FHIR id of the Consent that authorised the caller; empty where it rests on none, and of what was not permitted
 */
public record Verdict(
        Outcome outcome,
        Optional<RuleRef> rule,
        String policyVersion,
        int status,
        Optional<Integer> resultCount,
        List<String> tolerances,
        Optional<String> consent) {

    /** @throws IllegalArgumentException if what was not permitted rests on a Consent */
    public Verdict {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(policyVersion);
        Objects.requireNonNull(resultCount);
        tolerances = List.copyOf(tolerances);
        if (consent.isPresent() && outcome != Outcome.PERMITTED) {
            throw new IllegalArgumentException("a Consent permits");
        }
    }

    /** Without tolerances, and resting on no Consent. */
    public Verdict(
            Outcome outcome, Optional<RuleRef> rule, String policyVersion, int status, Optional<Integer> resultCount) {
        this(outcome, rule, policyVersion, status, resultCount, List.of(), Optional.empty());
    }

    Verdict withResultCount(Optional<Integer> count) {
        return new Verdict(outcome, rule, policyVersion, status, count, tolerances, consent);
    }

    Verdict withoutRule() {
        return new Verdict(outcome, Optional.empty(), policyVersion, status, resultCount, tolerances, consent);
    }

    /** Resting on this Consent. */
    public Verdict under(Optional<String> consentId) {
        return new Verdict(outcome, rule, policyVersion, status, resultCount, tolerances, consentId);
    }

    /** Sorts of ending. */
    public enum Outcome {
        PERMITTED,
        /** By a rule, by the allow-list or at the door. */
        REFUSED,
        /** The request was wrong or the server broke. */
        FAILED
    }

    /**
     * A rule as it was numbered then; rows outlive the catalogue.
     *
     * @param id e.g. {@code R36}
     * @param slug e.g. {@code no-consent}
     */
    public record RuleRef(String id, String slug) {

        /** The rule's id and slug. */
        public static RuleRef of(Rule rule) {
            return new RuleRef(rule.id(), rule.slug());
        }
    }
}

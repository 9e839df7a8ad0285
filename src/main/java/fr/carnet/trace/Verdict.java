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
 */
public record Verdict(
        Outcome outcome,
        Optional<RuleRef> rule,
        String policyVersion,
        int status,
        Optional<Integer> resultCount,
        List<String> tolerances) {

    /** @throws NullPointerException if a component is missing */
    public Verdict {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(policyVersion);
        Objects.requireNonNull(resultCount);
        tolerances = List.copyOf(tolerances);
    }

    /** Without tolerances. */
    public Verdict(
            Outcome outcome, Optional<RuleRef> rule, String policyVersion, int status, Optional<Integer> resultCount) {
        this(outcome, rule, policyVersion, status, resultCount, List.of());
    }

    Verdict withResultCount(Optional<Integer> count) {
        return new Verdict(outcome, rule, policyVersion, status, count, tolerances);
    }

    Verdict withoutRule() {
        return new Verdict(outcome, Optional.empty(), policyVersion, status, resultCount, tolerances);
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

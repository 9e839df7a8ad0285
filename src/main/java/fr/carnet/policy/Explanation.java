package fr.carnet.policy;

import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A decision with the checks that led to it, in the published order (rules.md §0).
 *
 * @param decision exactly what {@link Policy#decide} answers
 * @param lines one per check; at most one refuses, and those after it were not reached
 */
public record Explanation(Decision decision, List<Line> lines) {

    /** @throws NullPointerException if a component is missing */
    public Explanation {
        Objects.requireNonNull(decision);
        lines = List.copyOf(lines);
    }

    static Explanation of(Decision decision, List<Check> checks, AccessRequest request) {
        List<Line> lines = new ArrayList<>();
        boolean refused = false;
        for (Check check : checks) {
            Line line = refused
                    ? new Line(check.point(), Outcome.NOT_REACHED, Optional.empty())
                    : Line.of(check.point(), check.verdict(request));
            refused |= line.outcome() == Outcome.REFUSED;
            lines.add(line);
        }
        if (!refused) {
            lines.addAll(rights(decision, lines));
        }
        return new Explanation(decision, lines);
    }

    /** What the checks alone did not say. */
    private static List<Line> rights(Decision decision, List<Line> lines) {
        List<Rule> reasons = decision instanceof Deny deny ? List.of(deny.reason()) : ((Permit) decision).reasons();
        List<Optional<Rule>> told = lines.stream().map(Line::verdict).toList();
        return reasons.stream()
                .map(Optional::of)
                .filter(reason -> !told.contains(reason))
                .map(reason -> Line.of(CheckPoint.RIGHT, reason))
                .toList();
    }

    /**
     * One check.
     *
     * @param point which
     * @param outcome how it ended
     * @param verdict the rule that permitted or refused; empty if nothing had to be looked at, or it was not reached
     */
    public record Line(CheckPoint point, Outcome outcome, Optional<Rule> verdict) {

        static Line of(CheckPoint point, Optional<Rule> verdict) {
            boolean refuses = verdict.filter(rule -> !rule.permits()).isPresent();
            return new Line(point, refuses ? Outcome.REFUSED : Outcome.PASSED, verdict);
        }
    }

    /** How a check ended. */
    public enum Outcome {
        PASSED,
        REFUSED,
        NOT_REACHED
    }
}

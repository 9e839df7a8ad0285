package fr.carnet.dmp;

import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a resource, all of it, so that the sender mends it once. Never repeats what was sent. */
final class Findings {

    private static final int UNPROCESSABLE = 422;

    private final List<Issue> all = new ArrayList<>();

    /**
     * Adds the finding unless the condition holds.
     *
     * @param code error code; {@code dmp.} and the code is the key of the sentence
     * @param expression FHIRPath of the element
     */
    void require(boolean condition, String code, String expression) {
        if (!condition) {
            all.add(issue(code, expression));
        }
    }

    /** Adds the finding unless the condition holds. */
    void require(boolean condition, Rule rule, String expression) {
        if (!condition) {
            all.add(new Issue(Severity.ERROR, rule.id(), rule.messageKey(), List.of(), Optional.of(expression)));
        }
    }

    /** @throws Fault of 422 if anything was found */
    void refuseIfAny() {
        if (!all.isEmpty()) {
            throw new Fault(UNPROCESSABLE, all);
        }
    }

    /** A refusal with one reason. */
    static Fault refusal(String code, String expression) {
        return new Fault(UNPROCESSABLE, List.of(issue(code, expression)));
    }

    private static Issue issue(String code, String expression) {
        return new Issue(Severity.ERROR, code, "dmp." + code, List.of(), Optional.of(expression));
    }
}

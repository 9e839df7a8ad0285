package fr.carnet.shared;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that cannot be met, with everything its sender needs to mend it; answered as an OperationOutcome.
 *
 * <p>Carries keys, never sentences: the texts are in the message bundles, in the reader's language.
 */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Issue> issues;

    /**
     * @param status HTTP status
     * @param issues what is wrong, all at once; never empty
     */
    public Fault(int status, List<Issue> issues) {
        super(status + " " + issues.stream().map(Issue::code).toList());
        if (issues.isEmpty()) {
            throw new IllegalArgumentException("a fault says what is wrong");
        }
        this.status = status;
        this.issues = List.copyOf(issues);
    }

    /** A fault with a single error. */
    public static Fault of(int status, String code, Object... args) {
        return new Fault(status, List.of(Issue.error(code, args)));
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong. */
    public List<Issue> issues() {
        return issues;
    }

    /** How bad an issue is. */
    public enum Severity {
        ERROR,
        WARNING,
        INFORMATION
    }

    /**
     * One thing that is wrong.
     *
     * @param severity error, warning or information
     * @param code rule ({@code R36}), constraint or error code, e.g. {@code unknown-parameter}
     * @param messageKey of the sentence in the bundles
     * @param args of the sentence: what was found and expected; never personal data
     * @param expression FHIRPath of the element, when there is one
     */
    public record Issue(
            Severity severity, String code, String messageKey, List<Object> args, Optional<String> expression) {

        /** @throws NullPointerException if a component is missing */
        public Issue {
            Objects.requireNonNull(severity);
            Objects.requireNonNull(code);
            Objects.requireNonNull(messageKey);
            args = List.copyOf(args);
            Objects.requireNonNull(expression);
        }

        /** An error whose sentence has the key {@code error.} and the code. */
        public static Issue error(String code, Object... args) {
            return new Issue(Severity.ERROR, code, "error." + code, List.of(args), Optional.empty());
        }
    }
}

package fr.carnet.validation;

import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong, or worth saying, about one element of a submission.
 *
 * @param severity errors refuse the submission
 * @param expression FHIRPath of the element, e.g. {@code Bundle.entry[1].resource.content[0].attachment.size}
 * @param rule rule number, profile, invariant or IHE error code that it breaks, e.g. {@code R120}, {@code
 *     XDSNonIdenticalHash}, {@code pdsm-comprehensive-document-reference}
 * @param messageKey key of the sentence in the message bundle {@code validation}
 * @param args found and expected values that the sentence shows; never personal data
 */
public record Finding(Severity severity, String expression, String rule, String messageKey, List<String> args) {

    /** @throws NullPointerException if an argument is null */
    public Finding {
        args = List.copyOf(args);
    }

    /** True when it refuses the submission. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The same at this level: an error that is tolerated there is a warning, under the name of the tolerance. */
    public Finding at(Level level) {
        return isError() && level == Level.LENIENT
                ? Tolerance.of(this)
                        .map(tolerance -> new Finding(Severity.WARNING, expression, tolerance.code(), messageKey, args))
                        .orElse(this)
                : this;
    }

    /** This finding as an issue of an answer. */
    public Issue toIssue() {
        return new Issue(
                isError() ? Fault.Severity.ERROR : Fault.Severity.WARNING,
                rule,
                messageKey,
                List.copyOf(args),
                Optional.of(expression));
    }

    /** How grave. */
    public enum Severity {
        ERROR,
        WARNING
    }
}

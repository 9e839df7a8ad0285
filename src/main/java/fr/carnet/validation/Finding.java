package fr.carnet.validation;

import java.util.List;

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

    /** How grave. */
    public enum Severity {
        ERROR,
        WARNING
    }
}

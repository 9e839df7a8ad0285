package fr.carnet.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One thing that a lenient server accepts although it is wrong: the error becomes a warning that bears its name, in the
 * answer and in the trace. A list, so that an operator knows what leniency means; whatever is not on it stays an error.
 *
 * @param name e.g. {@code language-missing}
 * @param message key of the finding's sentence
 * @param element where: a pattern that the whole FHIRPath of the element matches, indexes left out
 */
public record Tolerance(String name, String message, Pattern element) {

    private static final String PREFIX = "tolerance-";
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private static final List<Tolerance> ALL = load();

    /** All of them, in the order of the table. */
    public static List<Tolerance> all() {
        return ALL;
    }

    /** Code under which it is told and traced: {@code tolerance-} and its name. */
    public String code() {
        return PREFIX + name;
    }

    /** The name in such a code; empty for the code of anything else. */
    public static Optional<String> nameOf(String code) {
        return code.startsWith(PREFIX) ? Optional.of(code.substring(PREFIX.length())) : Optional.empty();
    }

    /** The tolerance that covers a finding, if there is one. */
    static Optional<Tolerance> of(Finding finding) {
        String element = INDEX.matcher(finding.expression()).replaceAll("");
        return ALL.stream()
                .filter(tolerance -> tolerance.message.equals(finding.messageKey())
                        && tolerance.element.matcher(element).matches())
                .findFirst();
    }

    private static List<Tolerance> load() {
        return Table.at("/validation/tolerances.tsv").stream()
                .flatMap(row -> Stream.of(row.get(1).split(" "))
                        .map(message -> new Tolerance(row.get(0), message, Pattern.compile(row.get(2)))))
                .toList();
    }
}

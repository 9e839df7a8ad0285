package fr.carnet.validation.syntax;

import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What was found, in the order of the body. Names of elements are told, never values. */
final class Complaints {

    private static final int MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    private final List<Issue> issues = new ArrayList<>();

    /** Not of FHIR R4 at this place. */
    void unknown(String parent, String name) {
        add("unknown-element", within(parent, name), legible(name));
    }

    /** Given again where one is admitted. */
    void repeated(String parent, String name) {
        add("repeated-element", within(parent, name), legible(name));
    }

    /** Neither a value nor content. */
    void empty(String path) {
        add("empty-element", path);
    }

    /** Another kind of JSON than the element asks for. */
    void form(String path, JsonKind expected, JsonKind found) {
        add("json-type", path, expected.json(), found.json());
    }

    /** A value that its type cannot have. */
    void value(String path, String type) {
        add("invalid-value", path, type);
    }

    /** A resource that does not say its type, or one that R4 does not have. */
    void resourceType(String path) {
        add("resource-type", path);
    }

    /** Text between elements. */
    void text(String path) {
        add("stray-text", path);
    }

    List<Issue> list() {
        return List.copyOf(issues);
    }

    private void add(String code, String path, Object... args) {
        if (issues.size() < MAX) {
            issues.add(new Issue(Severity.ERROR, code, "error." + code, List.of(args), place(path)));
        } else if (issues.size() == MAX) {
            issues.add(Issue.error("more-errors", Integer.toString(MAX)));
        }
    }

    /** The body itself has no place. */
    private static Optional<String> place(String path) {
        return Optional.of(path).filter(told -> !told.isEmpty());
    }

    /** Whoever writes a name that is none gets the place of its parent. */
    static String within(String parent, String name) {
        return NAME.matcher(name).matches() ? parent + "." + name : parent;
    }

    private static String legible(String name) {
        return NAME.matcher(name).matches() ? name : "…";
    }
}

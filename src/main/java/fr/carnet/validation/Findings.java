package fr.carnet.validation;

import fr.carnet.validation.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings in the order in which they are met. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();
    private final Level level;

    Findings() {
        this(Level.STRICT);
    }

    Findings(Level level) {
        this.level = level;
    }

    void error(String expression, String rule, String key, String... args) {
        add(new Finding(Severity.ERROR, expression, rule, key, List.of(args)));
    }

    void add(Finding finding) {
        found.add(finding.at(level));
    }

    void warn(String expression, String rule, String key, String... args) {
        found.add(new Finding(Severity.WARNING, expression, rule, key, List.of(args)));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Finding::isError);
    }

    List<Finding> list() {
        return List.copyOf(found);
    }
}

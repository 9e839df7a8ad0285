package fr.carnet.server.flow;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the scenarios: one line each with id, outcome, rules and title. A rule in brackets was named by no answer,
 * trace or notice of its scenario: its effect alone shows it.
 */
final class Playbill {

    private static final Path REPORT = Path.of("target", "scenarios.txt");

    private final Map<String, String> lines = new LinkedHashMap<>();

    /** It comes next; unless it passes, it failed. */
    void announce(Scenario scenario) {
        String outcome = scenario.isPlayed() ? "FAILED" : "pending";
        lines.put(scenario.id(), line(scenario, outcome, String.join(" ", scenario.rules())));
    }

    void passed(Scenario scenario, Set<String> told) {
        String rules = scenario.rules().stream()
                .map(rule -> told.contains(rule) ? rule : "(" + rule + ")")
                .collect(joining(" "));
        lines.put(scenario.id(), line(scenario, "passed", rules));
    }

    void print() throws IOException {
        List<String> report = new ArrayList<>(lines.values());
        report.add(lines.size() + " scenarios: " + count(" passed ") + " passed, " + count(" pending ") + " pending, "
                + count(" FAILED ") + " failed");
        Files.write(REPORT, report);
        report.forEach(System.out::println);
    }

    private long count(String outcome) {
        return lines.values().stream().filter(line -> line.contains(outcome)).count();
    }

    private static String line(Scenario scenario, String outcome, String rules) {
        String settings = scenario.settings().isEmpty() ? "" : " " + scenario.settings();
        String waiting = scenario.isPlayed() ? "" : ": " + scenario.pending();
        return String.format(
                "%s %-7s %-28s %s%s%s", scenario.id(), outcome, rules, scenario.title(), settings, waiting);
    }
}

package fr.carnet.server.cli.rules;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.CatalogueEntry.Theme;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rules for a terminal: a line each, the reason below it, the counts at the end. */
record RulesTable(RuleTexts texts) {

    private static final String ROW = "%-5s %-4s %-44s %s";

    List<String> lines(List<CatalogueEntry> entries) {
        List<String> lines = new ArrayList<>();
        for (CatalogueEntry entry : entries) {
            lines.add(ROW.formatted(entry.id(), texts.grades(entry), texts.judges(entry), texts.of(entry.asks())));
            entry.why().ifPresent(why -> lines.add(ROW.formatted("", "", "", "→ " + texts.of(why))));
        }
        lines.add("");
        lines.addAll(counts(entries));
        return lines;
    }

    private List<String> counts(List<CatalogueEntry> entries) {
        Map<State, Long> states = entries.stream()
                .collect(groupingBy(CatalogueEntry::state, () -> new EnumMap<>(State.class), counting()));
        Map<Theme, Long> themes = entries.stream()
                .flatMap(entry -> entry.pending().stream())
                .collect(groupingBy(theme -> theme, () -> new EnumMap<>(Theme.class), counting()));
        List<String> lines = new ArrayList<>();
        lines.add(texts.of("count.all", entries.size()));
        states.forEach((state, rules) -> lines.add("  %4d %s".formatted(rules, texts.name(state))));
        if (!themes.isEmpty()) {
            lines.add(texts.of("count.themes"));
            themes.forEach((theme, rules) -> lines.add("  %4d %s".formatted(rules, texts.name(theme))));
        }
        return lines;
    }
}

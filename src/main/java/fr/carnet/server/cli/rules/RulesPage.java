package fr.carnet.server.cli.rules;

import static java.util.stream.Collectors.joining;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.Grade;
import fr.carnet.policy.CatalogueEntry.Judge;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The rules as a page of the documentation: how to read it, the counts, the rules, what is answered in their name. */
record RulesPage(RuleTexts texts) {

    List<String> lines(List<CatalogueEntry> entries) {
        List<String> lines = new ArrayList<>(List.of("# " + texts.of("page.title"), "", texts.of("page.made"), ""));
        counts(entries, lines);
        legend(lines);
        rules(entries, lines);
        verdicts(entries, lines);
        return lines;
    }

    private void counts(List<CatalogueEntry> entries, List<String> lines) {
        row(lines, texts.of("column.state"), texts.of("column.count"));
        rule(lines, 2);
        for (State state : State.values()) {
            long rules =
                    entries.stream().filter(entry -> entry.state() == state).count();
            row(lines, texts.name(state), Long.toString(rules));
        }
        row(lines, texts.of("column.total"), Integer.toString(entries.size()));
        lines.add("");
    }

    private void legend(List<String> lines) {
        lines.add(texts.of("page.grades") + " "
                + Arrays.stream(Grade.values())
                        .map(grade -> grade.code() + " = " + texts.name(grade))
                        .collect(joining(", "))
                + ".");
        lines.add("");
        for (Judge judge : Judge.values()) {
            lines.add("- **" + texts.name(judge) + "** — "
                    + texts.of("meaning." + judge.name().toLowerCase(Locale.ROOT)));
        }
        lines.add("");
        lines.add(texts.of("page.sources"));
        lines.add("");
    }

    private void rules(List<CatalogueEntry> entries, List<String> lines) {
        lines.add("## " + texts.of("page.rules"));
        lines.add("");
        row(
                lines,
                texts.of("column.rule"),
                texts.of("column.grade"),
                texts.of("column.judge"),
                texts.of("column.asks"),
                texts.of("column.sources"));
        rule(lines, 5);
        for (CatalogueEntry entry : entries) {
            row(
                    lines,
                    entry.id(),
                    texts.grades(entry),
                    texts.judges(entry),
                    texts.of(entry.asks())
                            + entry.why()
                                    .map(why -> "<br>*" + texts.of(why) + "*")
                                    .orElse(""),
                    String.join(", ", entry.sources()));
        }
        lines.add("");
    }

    private void verdicts(List<CatalogueEntry> entries, List<String> lines) {
        lines.add("## " + texts.of("page.verdicts"));
        lines.add("");
        lines.add(texts.of("page.verdicts.meaning"));
        lines.add("");
        row(lines, texts.of("column.verdict"), texts.of("column.answer"), texts.of("column.sentence"));
        rule(lines, 3);
        for (CatalogueEntry entry : entries) {
            for (Rule verdict : entry.verdicts()) {
                String answer = verdict.permits() ? texts.of("permits") : Integer.toString(verdict.status());
                row(lines, "`" + verdict.messageKey() + "`", answer, texts.of(verdict));
            }
        }
    }

    private static void row(List<String> lines, String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private static void rule(List<String> lines, int columns) {
        lines.add("|" + "---|".repeat(columns));
    }
}

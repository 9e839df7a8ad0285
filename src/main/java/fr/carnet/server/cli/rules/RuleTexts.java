package fr.carnet.server.cli.rules;

import static java.util.stream.Collectors.joining;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.Grade;
import fr.carnet.policy.CatalogueEntry.Sentence;
import fr.carnet.policy.Rule;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The words of table and page in one language. */
final class RuleTexts {

    private final Locale locale;
    private final ResourceBundle words;
    private final ResourceBundle verdicts;

    RuleTexts(Locale locale) {
        this.locale = locale;
        words = bundle("cli.rules");
        verdicts = bundle("messages.rules");
    }

    private ResourceBundle bundle(String name) {
        return ResourceBundle.getBundle(
                name, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String of(String key, Object... arguments) {
        return words.getString(key).formatted(arguments);
    }

    /** Name of a state, judge, theme or grade. */
    String name(Enum<?> word) {
        String kind = word.getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT);
        return words.getString(kind + "." + word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    String of(Sentence sentence) {
        return sentence.in(locale);
    }

    /** What a verdict says to the caller. */
    String of(Rule verdict) {
        return verdicts.getString(verdict.messageKey());
    }

    String grades(CatalogueEntry entry) {
        return entry.grades().stream().map(Grade::code).collect(joining("/"));
    }

    /** Who judges, and what brings the rest. */
    String judges(CatalogueEntry entry) {
        Stream<String> judges = entry.judges().stream().sorted().map(this::name);
        Stream<String> pending = entry.pending().stream().map(theme -> of("to-come", name(theme)));
        String all = Stream.concat(judges, pending).collect(joining(", "));
        return all.isEmpty() ? name(entry.state()) : all;
    }
}

package fr.carnet.server.cli.rules;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.RuleCatalogue;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules}: every rule, who judges it, and how many are judged. */
@Command(name = "rules", mixinStandardHelpOptions = true, sortOptions = false)
public final class RulesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--pending")
    private boolean pending;

    @Option(names = "--not-enforceable")
    private boolean notEnforceable;

    @Option(names = "--lang")
    private Language language;

    @Option(names = "--markdown")
    private boolean markdown;

    /** Languages that Carnet speaks. */
    private enum Language {
        FR(Locale.ROOT),
        EN(Locale.ENGLISH);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }
    }

    @Override
    public void run() {
        Set<State> wanted = wanted();
        List<CatalogueEntry> entries = RuleCatalogue.load().entries().stream()
                .filter(entry -> wanted.contains(entry.state()))
                .toList();
        var texts = new RuleTexts(language == null ? spec.resourceBundle().getLocale() : language.locale);
        List<String> lines = markdown ? new RulesPage(texts).lines(entries) : new RulesTable(texts).lines(entries);
        // a file in the repository: the same line ends on every system
        spec.commandLine().getOut().print(String.join("\n", lines) + "\n");
        spec.commandLine().getOut().flush();
    }

    private Set<State> wanted() {
        if (!pending && !notEnforceable) {
            return EnumSet.allOf(State.class);
        }
        Set<State> wanted = EnumSet.noneOf(State.class);
        if (pending) {
            wanted.add(State.PARTLY);
            wanted.add(State.PENDING);
        }
        if (notEnforceable) {
            wanted.add(State.NOT_ENFORCEABLE);
        }
        return wanted;
    }
}

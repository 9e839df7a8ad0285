package fr.carnet.server.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.Rule;
import fr.carnet.policy.RuleCatalogue;
import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesCommandTest {

    @Test
    void everyRuleHasItsLineAndTheCountsAddUp() {
        CommandLineRun run = CommandLineRun.of("rules");

        assertThat(run.code()).isZero();
        assertThat(rules(run)).containsExactlyElementsOf(ids(State.values()));
        assertThat(run.out())
                .contains(ids(State.values()).size() + " règles")
                .containsPattern("\n +" + ids(State.ENFORCED).size() + " appliquée\n")
                .containsPattern("\n +" + ids(State.NOT_ENFORCEABLE).size() + " hors de portée d’un serveur\n");
    }

    @Test
    void pendingRulesAreThoseEnforcedInPartOrNotAtAll() {
        assertThat(rules(CommandLineRun.of("rules", "--pending")))
                .containsExactlyElementsOf(ids(State.PARTLY, State.PENDING));
    }

    @Test
    void ruleThatNoServerCanJudgeIsToldWithItsReason() {
        CommandLineRun run = CommandLineRun.of("rules", "--not-enforceable");

        assertThat(rules(run)).containsExactlyElementsOf(ids(State.NOT_ENFORCEABLE));
        assertThat(run.out()).contains("→ Règle de responsabilité");
    }

    @Test
    void choicesAddUp() {
        assertThat(rules(CommandLineRun.of("rules", "--pending", "--not-enforceable")))
                .containsExactlyElementsOf(ids(State.PARTLY, State.PENDING, State.NOT_ENFORCEABLE));
    }

    @Test
    void languageIsChosen() {
        assertThat(CommandLineRun.of("rules", "--lang", "en").out())
                .contains("A blocked professional reads nothing", "beyond any server", "enforced in part")
                .doesNotContain("hors de portée");
        assertThat(CommandLineRun.of("rules", "--lang", "fr").out()).contains("Un professionnel bloqué ne lit rien");
        assertThat(CommandLineRun.of("rules", "--lang", "de").code()).isEqualTo(2);
    }

    @Test
    void everyOptionIsExplained() {
        assertThat(CommandLineRun.of("rules", "--help").out())
                .contains("Liste les règles", "Seulement les règles", "CARNET_LANG", "docs/rules.md");
    }

    @Test
    void pageTellsEveryVerdictInBothLanguages() {
        String french = CommandLineRun.of("rules", "--markdown").out();
        String english =
                CommandLineRun.of("rules", "--markdown", "--lang", "en").out();

        assertThat(Rule.values()).allSatisfy(rule -> {
            assertThat(french).contains("`" + rule.messageKey() + "`");
            assertThat(english).contains("`" + rule.messageKey() + "`");
        });
        assertThat(english).contains("# Rule catalogue").doesNotContain("règle");
    }

    /** scripts/carnet rules --markdown > docs/rules.md */
    @Test
    void pageOfTheDocumentationIsCurrent() throws IOException {
        String received = CommandLineRun.of("rules", "--markdown").out();
        Path page = Path.of("docs", "rules.md");
        String published = Files.exists(page) ? Files.readString(page) : "";
        if (!received.equals(published)) {
            Files.writeString(Path.of("target", "rules.received.md"), received);
        }

        assertThat(published.lines())
                .as("docs/rules.md, see target/rules.received.md")
                .containsExactlyElementsOf(received.lines().toList());
    }

    private static List<String> rules(CommandLineRun run) {
        return run.out()
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(word -> word.matches("R\\d+"))
                .toList();
    }

    private static List<String> ids(State... states) {
        List<State> wanted = Arrays.asList(states);
        Stream<CatalogueEntry> entries = RuleCatalogue.load().entries().stream();
        return entries.filter(entry -> wanted.contains(entry.state()))
                .map(CatalogueEntry::id)
                .toList();
    }
}

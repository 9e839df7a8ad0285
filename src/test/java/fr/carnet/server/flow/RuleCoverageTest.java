package fr.carnet.server.flow;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.CatalogueEntry;
import fr.carnet.policy.CatalogueEntry.State;
import fr.carnet.policy.RuleCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule that is enforced without a case, a scenario that is played or a test that is tagged with its number fails the
 * build.
 */
class RuleCoverageTest {

    private static final List<CatalogueEntry> ENTRIES = RuleCatalogue.load().entries();
    private static final List<Scenario> SCENARIOS = Scenario.all();
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(R\\d{1,3})\"\\)");
    private static final Set<String> SHOWN =
            Stream.of(cases(), scenarios(), tags()).flatMap(rules -> rules).collect(toSet());

    static Stream<CatalogueEntry> enforced() {
        return ENTRIES.stream().filter(entry -> entry.state() == State.ENFORCED || entry.state() == State.PARTLY);
    }

    static List<Scenario> played() {
        return SCENARIOS.stream().filter(Scenario::isPlayed).toList();
    }

    @ParameterizedTest
    @MethodSource("enforced")
    void enforcedRuleIsShownByACaseAScenarioOrATest(CatalogueEntry entry) {
        assertThat(SHOWN).as("no case, scenario or test of %s", entry.id()).contains(entry.id());
    }

    /** A scenario that is played claims no rule that waits for later work. */
    @ParameterizedTest
    @MethodSource("played")
    void playedScenarioNamesRulesThatAreEnforced(Scenario scenario) {
        List<String> enforced = enforced().map(CatalogueEntry::id).toList();

        assertThat(enforced)
                .as(scenario.id())
                .containsAll(scenario.rules().stream()
                        .filter(rule -> !isLaterWork(rule))
                        .toList());
        assertThat(scenario.rules()).as(scenario.id()).anyMatch(enforced::contains);
    }

    @ParameterizedTest
    @MethodSource("played")
    void ruleByWhichAStepIsRefusedIsOneOfTheScenarios(Scenario scenario) {
        assertThat(scenario.rules())
                .as(scenario.id())
                .containsAll(scenario.steps().stream()
                        .map(step -> step.find("rule"))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static boolean isLaterWork(String rule) {
        return ENTRIES.stream()
                .anyMatch(entry -> entry.id().equals(rule)
                        && (entry.state() == State.PENDING || entry.state() == State.NOT_ENFORCEABLE));
    }

    /** Titles of the cases begin with the rules that they try. */
    private static Stream<String> cases() {
        return text(Path.of("src", "test", "resources", "policy", "cases.psv"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(" ", -1)).takeWhile(word -> word.matches("R\\d+")));
    }

    private static Stream<String> scenarios() {
        return played().stream().flatMap(scenario -> scenario.rules().stream());
    }

    private static Stream<String> tags() {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> TAG.matcher(text(file)).results())
                    .map(match -> match.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

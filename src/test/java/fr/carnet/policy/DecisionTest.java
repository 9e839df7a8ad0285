package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.CatalogueEntry.Judge;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules one by one, and the acceptance scenarios as far as the pure policy decides them: two tables of cases. */
class DecisionTest {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();

    static List<DecisionCase> rules() {
        return DecisionCase.read("/policy/cases.psv");
    }

    static List<DecisionCase> scenarios() {
        return DecisionCase.read("/td/scenarios.psv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void ruleDecides(DecisionCase played) {
        assertThat(DecisionCase.words(decide(played))).isEqualTo(played.expected());
    }

    @ParameterizedTest(name = "td/{0}")
    @MethodSource("scenarios")
    void scenarioHolds(DecisionCase played) {
        assertThat(DecisionCase.words(decide(played))).isEqualTo(played.expected());
    }

    @Test
    void everyRuleThatDecidesHasACase() {
        String cases = String.join(
                " ", rules().stream().map(played -> played.expected() + " ").toList());
        // the others are raised by rooms that see the wire, the store or the value sets
        Stream<Rule> decided = RuleCatalogue.load().entries().stream()
                .filter(entry -> entry.judges().contains(Judge.POLICY))
                .flatMap(entry -> entry.verdicts().stream());

        assertThat(decided).allSatisfy(rule -> assertThat(cases).contains(rule.messageKey() + " "));
    }

    private static Decision decide(DecisionCase played) {
        return new Policy(MATRIX, played.settings()).decide(played.request());
    }
}

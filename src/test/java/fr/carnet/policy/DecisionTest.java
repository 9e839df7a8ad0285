package fr.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules one by one, and the acceptance scenarios as far as the pure policy decides them: two tables of cases. */
class DecisionTest {

    private static final HabilitationMatrix MATRIX = HabilitationMatrix.load();

    /** Rules that others raise: they need the wire, the store, the value sets, or only time ({@link RecordLife#due}). */
    private static final Set<Rule> RAISED_ELSEWHERE = EnumSet.of(
            Rule.R2_INS_INVALID,
            Rule.R5_INS_NOT_QUALIFIED,
            Rule.R8_TRAITS_MISMATCH,
            Rule.R9_INS_UNCHANGED,
            Rule.R9_INS_TAKEN,
            Rule.R9_INS_OUTDATED,
            Rule.R12_OPENED,
            Rule.R22_DESTROYED,
            Rule.R23_DESTROYED,
            Rule.R26_CLOSED,
            Rule.R100_UNSUPPORTED_LABEL,
            Rule.R120_TYPE_CLASS,
            Rule.R123_UNCHANGED,
            Rule.R124_DUPLICATE,
            Rule.R125_REPLACE_FAILED,
            Rule.R132_IDENTIFIER_REUSED);

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
        Stream<Rule> decided = Arrays.stream(Rule.values()).filter(rule -> !RAISED_ELSEWHERE.contains(rule));

        assertThat(decided).allSatisfy(rule -> assertThat(cases).contains(rule.messageKey() + " "));
    }

    private static Decision decide(DecisionCase played) {
        return new Policy(MATRIX, played.settings()).decide(played.request());
    }
}

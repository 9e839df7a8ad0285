package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The acceptance scenarios, each on an empty store with the cast of the sandbox. */
class ScenariosIT {

    private static final List<Scenario> ALL = Scenario.all();

    @AfterAll
    static void leaveTheCastAsItWas() {
        Stage.clear();
    }

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return ALL.stream().map(scenario -> DynamicTest.dynamicTest(name(scenario), () -> play(scenario)));
    }

    private static String name(Scenario scenario) {
        return scenario.id() + " " + scenario.title() + " " + scenario.rules();
    }

    private static void play(Scenario scenario) {
        assumeTrue(scenario.pending() == null, () -> scenario.id() + " is pending: " + scenario.pending());
        Stage.clear();
        Stage stage = new Stage();
        scenario.given().forEach(stage::prepare);
        scenario.steps().forEach(stage::play);
    }

    @Test
    void everyScenarioIsThereOnce() {
        assertThat(ALL.stream().map(Scenario::id))
                .containsExactlyElementsOf(Stream.iterate(1, i -> i + 1)
                        .limit(81)
                        .map(i -> String.format("A%02d", i))
                        .toList());
    }
}

package fr.carnet.server.flow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The acceptance scenarios of the rule book (A01–A81) and ours (S01…), each on an empty store with the cast of the sandbox;
 * {@code target/scenarios.txt} tells what became of them.
 */
class ScenariosIT {

    private static final List<Scenario> ALL = Scenario.all();
    private static Theatre theatre;
    private static Playbill playbill;

    @BeforeAll
    static void open() {
        theatre = new Theatre(ALL);
        playbill = new Playbill();
    }

    @AfterAll
    static void leaveTheCastAsItWas() throws IOException {
        theatre.close();
        playbill.print();
    }

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return ALL.stream().map(scenario -> DynamicTest.dynamicTest(name(scenario), () -> play(scenario)));
    }

    private static String name(Scenario scenario) {
        return scenario.id() + " " + scenario.title() + " " + scenario.rules();
    }

    private static void play(Scenario scenario) {
        playbill.announce(scenario);
        assumeTrue(scenario.isPlayed(), () -> scenario.id() + " is pending: " + scenario.pending());
        Stage stage = theatre.stageFor(scenario);
        stage.clear();
        scenario.given().forEach(stage::prepare);
        scenario.steps().forEach(stage::play);
        playbill.passed(scenario, stage.told());
    }

    @Test
    void everyScenarioIsThereOnce() {
        assertThat(ALL.stream().map(Scenario::id).filter(id -> id.startsWith("A")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 81)
                        .mapToObj(i -> String.format("A%02d", i))
                        .toList());
        assertThat(ALL.stream().map(Scenario::id).collect(joining(" "))).matches("(A\\d\\d ?)+(S\\d\\d ?)*");
    }
}

package fr.carnet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CarnetCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"tour", "bench", "inconnu", "--help", "-V"})
    void wordsAndOwnOptionsAreForTheCommandLine(String first) {
        assertThat(CarnetCommand.isCommand(first)).isTrue();
    }

    @Test
    void springOptionsStartTheServer() {
        assertThat(CarnetCommand.isCommand("--spring.profiles.active=sandbox", "tour"))
                .isFalse();
        assertThat(CarnetCommand.isCommand()).isFalse();
    }

    @Test
    void helpListsTheCommandsInFrench() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("Usage :", "Commandes :", "tour", "bench", "démarre le serveur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "tour", "bench"})
    void everyOptionIsExplained(String command) {
        assertThat(execute(command, "--help")).isZero();
        CommandLine line = CarnetCommand.commandLine().getSubcommands().get(command);
        line.getCommandSpec().options().forEach(option -> assertThat(String.join("", option.description()))
                .as(option.longestName())
                .isNotBlank());
        assertThat(out.toString()).contains("http://localhost:8080/fhir");
    }

    @Test
    void unknownOptionIsNamedWithTheUsage() {
        assertThat(execute("tour", "--bsae", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Commande refusée", "--bsae", "Usage :");
    }

    @Test
    void unknownWorkloadIsRefused() {
        assertThat(execute("bench", "--workload", "iti99")).isEqualTo(2);
        assertThat(err.toString()).contains("iti67-identifier");
    }

    @Test
    void numbersOutOfBoundsAreRefusedBeforeAnyRequest() {
        assertThat(execute("bench", "--size", "3")).isEqualTo(2);
        assertThat(execute("bench", "--conc", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("nombres hors limites");
    }

    @Test
    void serverThatDoesNotAnswerIsAFailure() {
        assertThat(execute("tour", "--base", "http://127.0.0.1:1/fhir")).isEqualTo(1);
        assertThat(err.toString()).contains("Échec : le serveur ne répond pas.");
    }

    private int execute(String... args) {
        CommandLine line = CarnetCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}

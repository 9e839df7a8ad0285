package fr.carnet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CarnetCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"serve", "sandbox", "tour", "bench", "inconnu", "--help", "-V"})
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
        CommandLineRun run = CommandLineRun.of("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage :", "Commandes :", "tour", "bench", "démarre le serveur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "tour", "bench", "certs"})
    void everyOptionIsExplained(String command) {
        CommandLineRun run = CommandLineRun.of(command, "--help");
        assertThat(run.code()).isZero();
        CommandLine line = CarnetCommand.commandLine().getSubcommands().get(command);
        line.getCommandSpec().options().forEach(option -> assertThat(String.join("", option.description()))
                .as(option.longestName())
                .isNotBlank());
        assertThat(run.out()).contains("http://localhost:8080/fhir");
    }

    @Test
    void unknownOptionIsNamedWithTheUsage() {
        CommandLineRun run = CommandLineRun.of("tour", "--bsae", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Commande refusée", "--bsae", "Usage :");
    }

    @Test
    void unknownWorkloadIsRefused() {
        CommandLineRun run = CommandLineRun.of("bench", "--workload", "iti99");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("iti67-identifier");
    }

    @Test
    void numbersOutOfBoundsAreRefusedBeforeAnyRequest() {
        assertThat(CommandLineRun.of("bench", "--size", "3").code()).isEqualTo(2);
        CommandLineRun run = CommandLineRun.of("bench", "--conc", "0");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("nombres hors limites");
    }

    @Test
    void registryWantsACommandAndSettings() {
        CommandLineRun alone = CommandLineRun.of("registry");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("« rebuild » ou « check »");
        CommandLineRun bare = CommandLineRun.of("registry", "check", "sandbox");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("« sandbox » n'est pas un réglage");
        assertThat(CommandLineRun.of("registry", "check", "--help").out()).contains("0 si tout est égal");
    }

    /** In a JVM of its own: logging is configured once. */
    @Test
    void commandThatStartsTheApplicationTellsOnlyWhatIsWrong() {
        CommandLineRun run = CommandLineRun.apart(Map.of(), "registry", "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out() + run.err())
                .contains("carnet.database.url", "carnet.public-base-url")
                .doesNotContain("INFO", "WARN", "logback", "\tat ");
    }

    @Test
    void serverThatDoesNotAnswerIsAFailure() {
        CommandLineRun run = CommandLineRun.of("tour", "--base", "http://127.0.0.1:1/fhir");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Échec : le serveur ne répond pas.");
    }
}

package fr.carnet.server.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.ServerProcess;
import fr.carnet.server.cli.CommandLineRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command alone, as somebody starts it who has the jar and nothing else. */
class SandboxCommandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    private final String port = Integer.toString(ServerProcess.freePort());
    private final String tlsPort = Integer.toString(ServerProcess.freePort());
    private final String managementPort = Integer.toString(ServerProcess.freePort());

    @Test
    void startsPlaysTheTourAndStaysUntilItIsStopped() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        Path terminal = folder.resolve("terminal.txt");
        var sandbox = new ServerProcess(
                terminal,
                URI.create("http://localhost:" + port),
                URI.create("http://localhost:" + managementPort),
                List.of(
                        "sandbox",
                        "--port",
                        port,
                        "--tls-port",
                        tlsPort,
                        "--management-port",
                        managementPort,
                        "--data",
                        home.toString()));
        try (sandbox) {
            sandbox.start(List.of(), List.of("-Xmx700m"));
            awaitLine("Ctrl-C pour arrêter.", terminal, sandbox.process());
            assertThat(sandbox.readiness()).isEqualTo(200);
            CommandLineRun second = CommandLineRun.of(
                    "sandbox", "--port", port, "--data", folder.resolve("other").toString());
            assertThat(second.code()).isEqualTo(2);
            assertThat(second.err()).contains("le port " + port + " est déjà pris");
        }
        assertThat(sandbox.process().exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(terminal))
                .contains(
                        "Démarrage du serveur .",
                        "prêt en",
                        "Visite terminée",
                        "http://localhost:" + port + "/fhir",
                        "https://localhost:" + tlsPort,
                        "http://localhost:" + managementPort + "/actuator",
                        home.resolve("server.log").toString(),
                        "  token=$(curl -s http://localhost:" + port + "/sandbox/token",
                        "Arrêt du serveur…")
                .doesNotContain("INFO", "WARN", "ERROR", "Exception");
        assertThat(home.resolve("server.log")).content().contains("INFO", "warm after");
    }

    @Test
    void showsWhyItDoesNotStart() throws IOException {
        Path schematrons = Files.createDirectory(folder.resolve("schematrons"));
        Files.writeString(schematrons.resolve("schematrons.tsv"), "*\tmissing.sch\n");
        Path home = folder.resolve("home");

        CommandLineRun run = CommandLineRun.apart(
                Map.of(),
                "sandbox",
                "--port",
                port,
                "--tls-port",
                tlsPort,
                "--management-port",
                managementPort,
                "--data",
                home.toString(),
                "--schematrons",
                schematrons.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Démarrage du serveur").doesNotContain("prêt en", "ERROR");
        assertThat(run.err())
                .contains("Le serveur ne démarre pas. Fin de " + home.resolve("server.log"), "missing.sch")
                .doesNotContain("\tat fr.carnet");
    }

    private static void awaitLine(String line, Path file, Process process) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!Files.readString(file).contains(line)) {
            assertThat(process.isAlive()).as(Files.readString(file)).isTrue();
            assertThat(Instant.now()).as(Files.readString(file)).isBefore(latest);
            Thread.sleep(500);
        }
    }
}

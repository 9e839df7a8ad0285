package fr.carnet.server.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandIT {

    private static final int TERMINATED = 143;

    @TempDir
    private Path home;

    @Test
    void servesUntilItIsStopped() throws IOException {
        int port = ServerProcess.freePort();
        int management = ServerProcess.freePort();
        var server = new ServerProcess(
                home.resolve("server.log"),
                URI.create("http://localhost:" + port),
                URI.create("http://localhost:" + management),
                List.of(
                        "serve",
                        "--spring.profiles.active=sandbox",
                        "--server.port=" + port,
                        "--management.server.port=" + management,
                        "--carnet.sandbox.tls-port=" + ServerProcess.freePort(),
                        "--carnet.sandbox.data-dir=" + home.resolve("data")));
        try (server) {
            server.start(List.of(), List.of("-Xmx700m"));
            server.awaitReady();
            assertThat(server.process().isAlive()).isTrue();
        }
        assertThat(server.process().exitValue()).isEqualTo(TERMINATED);
        assertThat(Files.readString(server.log())).contains("INFO", "warm after");
    }
}

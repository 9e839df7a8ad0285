package fr.carnet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCommandTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static CommandLineRun ask(int port) {
        return CommandLineRun.of("health", "--port", Integer.toString(port), "--timeout", "PT2S");
    }

    @ParameterizedTest
    @CsvSource({"200, 0, est prêt", "503, 1, pas prêt", "404, 1, pas prêt"})
    void whatTheServerSaysIsTheExitCode(int status, int code, String sentence) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 1);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            CommandLineRun run = ask(server.getAddress().getPort());
            assertThat(run.code()).isEqualTo(code);
            assertThat(run.out()).contains(sentence).hasLineCount(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyThereIsNotReady() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, HERE)) {
            port = gone.getLocalPort();
        }
        CommandLineRun run = ask(port);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Aucun serveur ne répond", Integer.toString(port));
    }

    @Test
    void aServerThatNeverAnswersIsNotReady() throws IOException {
        try (var mute = new ServerSocket(0, 1, HERE)) {
            assertThat(ask(mute.getLocalPort()).code()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"--port, 0", "--port, 65536", "--port, x", "--timeout, PT0S", "--timeout, PT2H", "--timeout, 3"})
    void nonsenseIsRefused(String option, String value) {
        assertThat(CommandLineRun.of("health", option, value).code()).isEqualTo(2);
    }

    @Test
    void everyOptionIsExplained() {
        assertThat(CommandLineRun.of("health", "--help").out()).contains("MANAGEMENT_SERVER_PORT", "8081", "PT5S");
    }
}

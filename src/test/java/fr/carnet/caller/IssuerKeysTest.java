package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of an issuer that answers something else. */
class IssuerKeysTest {

    private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    @FaultTest(13)
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "an error", "10 MB", "silence"})
    void keysThatAreNoneAreAnOutageInBoundedTimeAndMemory(String lie) throws IOException {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            asked.incrementAndGet();
            answer(lie, exchange);
        });
        server.start();
        try {
            var keys = new IssuerKeys(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks"));
            long before = allocated();
            Instant start = Instant.now();
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> keys.get(ANY, null)).isInstanceOf(KeySourceException.class);
            }
            Duration took = Duration.between(start, Instant.now());
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(asked.get()).as("fetches").isBetween(1, 4);
            assertThat(allocated() - before)
                    .as("bytes, of 40 MB that were sent")
                    .isBetween(1L, 20L << 20);
            FaultReport.tell(
                    13,
                    lie + " in place of the first keys",
                    asked.get(),
                    "fetches for 20 questions",
                    "an outage (503), never a key, within %d ms in all".formatted(took.toMillis()));
        } finally {
            server.stop(0);
        }
    }

    private static void answer(String lie, HttpExchange exchange) throws IOException {
        switch (lie) {
            case "an error" -> exchange.sendResponseHeaders(500, -1);
            case "garbage" -> {
                exchange.sendResponseHeaders(200, 6);
                exchange.getResponseBody().write("<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            case "10 MB" -> {
                exchange.sendResponseHeaders(200, 10 << 20);
                exchange.getResponseBody().write(new byte[10 << 20]);
            }
            default -> {
                // says nothing: the connection stays open
                return;
            }
        }
        exchange.close();
    }

    /** By this thread, which reads the answers itself: what others do meanwhile is not counted. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

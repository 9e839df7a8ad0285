package fr.carnet.token.psc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pro Santé Connect in a bad way: whatever it answers, or does not, nobody gets in by it. */
class ProSanteConnectTest {

    private static final String ACTIVE = "{\"active\":true,\"sub\":\"f:1\",\"acr\":\"eidas1\"}";

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private ProSanteConnect psc;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        psc = new ProSanteConnect(new TokenSettings.Psc(
                "https://psc.example",
                uri("/introspect"),
                uri("/userinfo"),
                "carnet",
                "secret",
                List.of("eidas1"),
                "eidas1",
                Duration.ofMillis(400),
                null,
                null,
                null));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void goodAnswersAreRead() {
        answers("/introspect", 200, ACTIVE);
        answers("/userinfo", 200, "{\"sub\":\"f:1\"}");

        assertThat(psc.introspect("token")).containsEntry("acr", "eidas1");
        assertThat(psc.userinfo("token")).containsEntry("sub", "f:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | {"active":false}     | PROOF_REFUSED
                    500 | oops                 | UPSTREAM_UNAVAILABLE
                    502 | ''                   | UPSTREAM_UNAVAILABLE
                    401 | {"error":"client"}   | UPSTREAM_UNAVAILABLE
                    302 | ''                   | UPSTREAM_UNAVAILABLE
                    200 | <html>maintenance    | UPSTREAM_UNAVAILABLE
                    200 | ''                   | UPSTREAM_UNAVAILABLE
                    200 | {}                   | PROOF_REFUSED
                    200 | []                   | UPSTREAM_UNAVAILABLE
                    """)
    void badIntrospectionLetsNobodyIn(int status, String body, TokenError error) {
        answers("/introspect", status, body);

        refused(error, () -> psc.introspect("token"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | {"error":"invalid_token"} | PROOF_REFUSED
                    500 | oops                      | UPSTREAM_UNAVAILABLE
                    200 | <html>maintenance         | UPSTREAM_UNAVAILABLE
                    """)
    void badUserinfoLetsNobodyIn(int status, String body, TokenError error) {
        answers("/userinfo", status, body);

        refused(error, () -> psc.userinfo("token"));
    }

    @Test
    void silenceIsWaitedForAndNotLonger() {
        server.createContext("/introspect", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        refused(TokenError.UPSTREAM_UNAVAILABLE, () -> psc.introspect("token"));
    }

    @Test
    void providerThatIsDownIsAskedAgainOnceItIsUp() {
        server.stop(0);
        refused(TokenError.UPSTREAM_UNAVAILABLE, () -> psc.introspect("token"));

        restart();
        answers("/introspect", 200, ACTIVE);

        assertThat(psc.introspect("token")).containsEntry("sub", "f:1");
    }

    private void restart() {
        try {
            server = HttpServer.create(server.getAddress(), 0);
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answers(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, (HttpExchange exchange) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Location", uri("/elsewhere").toString());
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void refused(TokenError error, Runnable question) {
        assertThatThrownBy(question::run).isInstanceOfSatisfying(TokenRefusal.class, e -> assertThat(e.reason())
                .isEqualTo(error));
    }
}

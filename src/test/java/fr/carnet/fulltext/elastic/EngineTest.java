package fr.carnet.fulltext.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import fr.carnet.fulltext.IndexUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How Carnet proves itself to Elasticsearch, and whom it believes to be Elasticsearch: over TLS, on a port. */
class EngineTest {

    private static final Path MAIL = Path.of("src", "test", "resources", "mail");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Queue<String> proofs = new ConcurrentLinkedQueue<>();
    private HttpsServer node;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(MAIL.resolve("localhost.p12"))) {
            own.load(file, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        node = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        node.setHttpsConfigurator(new HttpsConfigurator(tls));
        node.createContext("/", exchange -> {
            proofs.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        node.start();
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    private ElasticSettings settings(String key, String username, String password, Path authority) {
        URI url = URI.create("https://localhost:" + node.getAddress().getPort());
        return new ElasticSettings(
                List.of(url), key, username, password, authority, "carnet-text", 1, 0, Duration.ofSeconds(5));
    }

    private static boolean answers(ElasticSettings settings) throws IOException {
        try (Engine engine = Engine.of(settings)) {
            return engine.ask(client -> client.ping().value());
        }
    }

    @Test
    void keyIsShown() throws IOException {
        assertThat(answers(settings("a2V5", null, null, MAIL.resolve("localhost.pem"))))
                .isTrue();
        assertThat(proofs).containsExactly("ApiKey a2V5");
    }

    @Test
    void accountIsShown() throws IOException {
        assertThat(answers(settings(null, "carnet", "clé:1", MAIL.resolve("localhost.pem"))))
                .isTrue();
        assertThat(proofs)
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("carnet:clé:1".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nodeOfAnotherAuthorityHearsNothing() {
        assertThatThrownBy(() -> answers(settings("a2V5", null, null, null))).isInstanceOf(IndexUnavailable.class);
        assertThat(proofs).isEmpty();
    }

    @Test
    void proofIsOneOrNone() {
        assertThatThrownBy(() -> settings("a2V5", "carnet", "secret", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings(null, "carnet", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(settings(null, "carnet", "secret", null).toString()).doesNotContain("secret");
        assertThat(settings(null, null, null, null).authorization()).isEmpty();
    }
}

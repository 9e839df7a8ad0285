package fr.carnet.server.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxIssuerTest {

    private final AtomicReference<String> form = new AtomicReference<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sandbox/token", exchange -> {
            form.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = "{\"access_token\":\"jeton\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tokenIsAskedBesideTheFhirBase() throws IOException {
        SandboxIssuer.Token token = issuer().token("dr-urg", Map.of("reason", "Patiente inconsciente & seule"));
        assertThat(token.value()).isEqualTo("jeton");
        assertThat(token.lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(form.get()).isEqualTo("actor=dr-urg&reason=Patiente+inconsciente+%26+seule");
    }

    @Test
    void refusalOfTheIssuerIsAFailure() {
        status = 400;
        assertThatThrownBy(() -> issuer().token("inconnu", Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("400");
    }

    private SandboxIssuer issuer() {
        return new SandboxIssuer(new FhirClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir")));
    }
}

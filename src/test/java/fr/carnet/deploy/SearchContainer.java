package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.token.establishment.TlsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.testcontainers.containers.Network;

/** Service {@code search} in a container, after {@code search-user} has given Carnet its account. */
public final class SearchContainer implements AutoCloseable {

    /** Name of the account. */
    public static final String ACCOUNT = "carnet";

    private static final int PORT = 9200;
    private static final URI NOBODY = URI.create("https://issuer.example");

    private final Trial trial;
    private final Network network = Network.newNetwork();
    private final ComposedContainer container;
    private final HttpClient http;

    private SearchContainer(Trial trial) {
        this.trial = trial;
        ComposeFile compose = trial.compose("https://carnet.example", NOBODY.toString(), NOBODY);
        ComposeService search = compose.service("search");
        container =
                ComposedContainer.running(search, search.text("image"), network).withExposedPorts(PORT);
        container.start();
        ComposeService user = compose.service("search-user");
        try (ComposedContainer account = ComposedContainer.ending(user, user.text("image"), network)) {
            account.start();
            assertThat(account.exitCode()).as(account.getLogs()).isZero();
        }
        http = TlsClients.anonymous(List.of(trial.authorityCertificate()));
    }

    /** With trial secrets of its own; waits until it answers. */
    public static SearchContainer start() {
        return new SearchContainer(Trial.begin());
    }

    /** {@code https://localhost:port}. */
    public URI url() {
        return URI.create("https://localhost:" + container.getMappedPort(PORT));
    }

    /** Of Carnet's account. */
    public String password() {
        return trial.secret("carnet.fulltext.elasticsearch.password");
    }

    /** Who signed its certificate, PEM. */
    public Path authority() {
        return trial.authority();
    }

    /** A request of Carnet's account, without a body. */
    public HttpResponse<String> send(String method, String path) {
        String account =
                Base64.getEncoder().encodeToString((ACCOUNT + ":" + password()).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + account)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        container.stop();
        network.close();
    }
}

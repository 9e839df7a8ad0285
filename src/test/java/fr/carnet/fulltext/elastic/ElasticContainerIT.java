package fr.carnet.fulltext.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.deploy.InContainers;
import fr.carnet.deploy.SearchContainer;
import fr.carnet.fulltext.IndexUnavailable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract, on the Elasticsearch of the compose file: over TLS, with the account that reaches Carnet's index alone. */
@InContainers("Elasticsearch in a container")
class ElasticContainerIT extends ElasticContract {

    private SearchContainer engine;

    @Override
    void startEngine() {
        engine = SearchContainer.start();
    }

    @Override
    void stopEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    ElasticSettings settings(String name) {
        return settings(name, engine.password());
    }

    private ElasticSettings settings(String name, String password) {
        return new ElasticSettings(
                List.of(engine.url()),
                null,
                SearchContainer.ACCOUNT,
                password,
                engine.authority(),
                name,
                1,
                0,
                Duration.ofSeconds(5));
    }

    @Override
    HttpResponse<String> send(String method, String path) {
        return engine.send(method, path);
    }

    @Test
    void whoeverHasNotThePasswordReachesNothingAndTheAccountNoOtherIndex() throws IOException {
        try (ElasticIndex stranger = ElasticIndex.of(settings("carnet-text", "x"))) {
            assertThatThrownBy(stranger::isLive).isInstanceOf(IndexUnavailable.class);
        }
        assertThat(send("PUT", "/other").statusCode()).isEqualTo(403);
    }
}

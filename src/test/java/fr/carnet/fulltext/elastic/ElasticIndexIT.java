package fr.carnet.fulltext.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.IndexUnavailable;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The contract, on a real node without security. */
class ElasticIndexIT extends ElasticContract {

    private ElasticNode node;

    @Override
    void startEngine() {
        node = ElasticNode.start();
    }

    @Override
    void stopEngine() {
        node.close();
    }

    @Override
    ElasticSettings settings(String name) {
        return node.settings(name);
    }

    @Override
    HttpResponse<String> send(String method, String path) {
        return node.send(method, path);
    }

    @Test
    void anEngineThatIsDownIsUnavailableAndComesBack() throws IOException {
        String patient = fresh();
        String document = fresh();
        put(entry(document, patient, "asthme"));
        node.kill();
        assertThatThrownBy(() -> find("asthme", patient, "k")).isInstanceOf(IndexUnavailable.class);
        assertThatThrownBy(() -> index().isLive()).isInstanceOf(IndexUnavailable.class);
        node.resume();
        assertThat(find("asthme", patient, "k")).containsExactly(document);
    }
}

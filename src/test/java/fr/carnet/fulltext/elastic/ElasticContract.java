package fr.carnet.fulltext.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.TextIndex;
import fr.carnet.fulltext.TextIndexContract;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract on Elasticsearch, whatever it runs in. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ElasticContract extends TextIndexContract {

    /** Of the indices; in the container Carnet's account reaches no others. */
    private static final String NAME = "carnet-text";

    private ElasticIndex index;

    /** Starts it. */
    abstract void startEngine();

    abstract void stopEngine();

    /** Settings of an index of this name. */
    abstract ElasticSettings settings(String name);

    /** A request to the engine itself, without a body. */
    abstract HttpResponse<String> send(String method, String path);

    @BeforeAll
    final void start() {
        startEngine();
        index = ElasticIndex.of(settings(NAME));
        index.publish(index.begin());
    }

    @AfterAll
    final void stop() throws IOException {
        if (index != null) {
            index.close();
        }
        stopEngine();
    }

    @Override
    protected final TextIndex index() {
        return index;
    }

    @Override
    protected final void settle() {
        assertThat(send("POST", "/" + NAME + "-*/_refresh").statusCode()).isEqualTo(200);
    }

    @Override
    protected final TextIndex unmade() {
        return ElasticIndex.of(settings(NAME + "-unmade"));
    }

    @Test
    void writingToAnIndexThatIsGoneDoesNotBringItBack() {
        String gone = index.begin();
        assertThat(send("DELETE", "/" + gone).statusCode()).isEqualTo(200);
        String document = fresh();
        assertThat(index.put(Set.of(gone), List.of(entry(document, fresh(), "asthme"))))
                .containsExactly(document);
        assertThat(index.generations()).doesNotContain(gone);
    }

    @Test
    void whatIsNotTakenIsToldAndWhatIsNotRemovedFails() {
        String patient = fresh();
        String document = fresh();
        put(entry(document, patient, "asthme"));
        assertThat(send("PUT", "/" + NAME + "/_block/write").statusCode()).isEqualTo(200);
        assertThat(index.put(index.generations(), List.of(entry(document, patient, "asthme"))))
                .containsExactly(document);
        assertThatThrownBy(() -> index.remove(index.generations(), patient, Set.of(document)))
                .isInstanceOf(IndexUnavailable.class);
        index.publish(index.begin());
        put(entry(document, patient, "asthme"));
    }
}

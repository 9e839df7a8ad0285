package fr.carnet.fulltext.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.TextIndex;
import fr.carnet.fulltext.TextIndexContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract, on a real node. */
class ElasticIndexIT extends TextIndexContract {

    private static ElasticNode node;
    private static ElasticIndex index;

    @BeforeAll
    static void start() {
        node = ElasticNode.start();
        index = ElasticIndex.of(node.settings("contract"));
        index.publish(index.begin());
    }

    @AfterAll
    static void stop() throws IOException {
        index.close();
        node.close();
    }

    @Override
    protected TextIndex index() {
        return index;
    }

    @Override
    protected void settle() {
        assertThat(node.send("POST", "/contract-*/_refresh").statusCode()).isEqualTo(200);
    }

    @Override
    protected TextIndex unmade() {
        return ElasticIndex.of(node.settings("unmade"));
    }

    @Test
    void writingToAnIndexThatIsGoneDoesNotBringItBack() {
        String gone = index.begin();
        assertThat(node.send("DELETE", "/" + gone).statusCode()).isEqualTo(200);
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
        assertThat(node.send("PUT", "/contract/_block/write").statusCode()).isEqualTo(200);
        assertThat(index.put(index.generations(), List.of(entry(document, patient, "asthme"))))
                .containsExactly(document);
        assertThatThrownBy(() -> index.remove(index.generations(), patient, Set.of(document)))
                .isInstanceOf(IndexUnavailable.class);
        index.publish(index.begin());
        put(entry(document, patient, "asthme"));
    }

    @Test
    void anEngineThatIsDownIsUnavailableAndComesBack() throws IOException {
        String patient = fresh();
        String document = fresh();
        put(entry(document, patient, "asthme"));
        node.kill();
        assertThatThrownBy(() -> find("asthme", patient, "k")).isInstanceOf(IndexUnavailable.class);
        assertThatThrownBy(index::isLive).isInstanceOf(IndexUnavailable.class);
        node.resume();
        assertThat(find("asthme", patient, "k")).containsExactly(document);
    }
}

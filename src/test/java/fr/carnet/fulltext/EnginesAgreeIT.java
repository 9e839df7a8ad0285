package fr.carnet.fulltext;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import fr.carnet.document.ContentStore;
import fr.carnet.document.IndexedDocuments;
import fr.carnet.fulltext.Shelf.Patient;
import fr.carnet.fulltext.Shelf.Shelved;
import fr.carnet.fulltext.elastic.ElasticIndex;
import fr.carnet.fulltext.elastic.ElasticNode;
import fr.carnet.fulltext.extract.TextExtraction;
import fr.carnet.policy.Judgement;
import fr.carnet.server.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same documents are found with either engine, by each of five actors, and they are those that hold the words. What the engines
 * may differ in, the order and the forms of a word, is told in {@code target/text-engines.txt}. The property
 * {@code carnet.documents} makes it more documents.
 */
class EnginesAgreeIT {

    private static final int DOCUMENTS = Integer.getInteger("carnet.documents", 120);
    private static final Path TOLD = Path.of("target", "text-engines.txt");
    private static final int FIRST = 10;
    private static final int MOST = 10_000;
    private static final TextQueries QUERIES = new TextQueries(Synonyms.bundled());
    private static final RunningServer SERVER = RunningServer.get();

    private static final Map<String, Judgement> JUDGEMENTS = new HashMap<>();
    private static ElasticNode node;
    private static ElasticIndex elastic;
    private static Shelf shelf;

    /** Hears what the judge left with the last request: the keys under which both engines are asked. */
    @Interceptor(order = Integer.MAX_VALUE)
    public static final class Listener {

        private Judgement last;

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
        public void hear(RequestDetails request) {
            last = Judgement.of(request.getUserData());
        }
    }

    @BeforeAll
    static void indexTwice() {
        node = ElasticNode.start();
        elastic = ElasticIndex.of(node.settings("agree"));
        shelf = new Shelf(DOCUMENTS);
        do {
            SERVER.bean(TextIndexing.class).run(Instant.now());
        } while (indexed() < DOCUMENTS);
        var documents = SERVER.bean(IndexedDocuments.class);
        var indexer =
                new Indexer(documents, SERVER.bean(ContentStore.class), SERVER.bean(TextExtraction.class), elastic);
        assertThat(new Reindexing(SERVER.bean(DSLContext.class), documents, indexer, elastic).run((done, all) -> {}))
                .isPresent();
        listen();
    }

    private static int indexed() {
        List<String> ids = shelf.documents().stream().map(Shelved::id).toList();
        return SERVER.bean(DSLContext.class)
                .fetchCount(
                        DSL.table("carnet.document_text"),
                        DSL.field("document_id", String.class).in(ids));
    }

    private static void listen() {
        var listener = new Listener();
        var server = SERVER.bean(RestfulServer.class);
        server.registerInterceptor(listener);
        for (Patient patient : Shelf.PATIENTS) {
            for (Actor actor : Actor.values()) {
                shelf.found(actor, patient, "consultation");
                JUDGEMENTS.put(name(actor, patient), listener.last);
            }
        }
        server.unregisterInterceptor(listener);
    }

    private static String name(Actor actor, Patient patient) {
        return actor + " of " + patient;
    }

    @AfterAll
    static void end() throws IOException {
        shelf.close();
        elastic.close();
        node.close();
    }

    static Stream<ExactSearch> exact() {
        return lines("exact.tsv").map(ExactSearch::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void bothEnginesFindWhatHoldsTheWords(ExactSearch search) {
        List<String> differing = new ArrayList<>();
        for (Patient patient : Shelf.PATIENTS) {
            for (Actor actor : Actor.values()) {
                Set<Integer> held = numbers(shelf.documents().stream()
                        .filter(document -> document.patient().equals(patient) && actor.sees(document))
                        .filter(document -> search.finds(document.words()))
                        .map(Shelved::id)
                        .toList());
                Set<Integer> served = numbers(shelf.found(actor, patient, search.text()));
                Set<Integer> proposed = numbers(found(elastic, actor, patient, search.text()));
                if (!held.equals(served) || !held.equals(proposed)) {
                    differing.add(name(actor, patient) + ": " + held + " hold it, PostgreSQL finds " + served
                            + ", Elasticsearch " + proposed);
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    @Test
    void eachActorSeesAnotherPart() {
        Map<Actor, Long> seen = Stream.of(Actor.values())
                .collect(toMap(
                        actor -> actor,
                        actor -> shelf.documents().stream().filter(actor::sees).count()));
        assertThat(Set.copyOf(seen.values())).hasSize(4);
        assertThat(exact().filter(search -> shelf.documents().stream().anyMatch(d -> search.finds(d.words()))))
                .as("searches that find something")
                .hasSizeGreaterThan(28);
    }

    /** Nothing is asserted of the order and of the forms but that there is something to tell. */
    @Test
    void tellsWhereTheEnginesDiffer() throws IOException {
        List<String> told = new ArrayList<>(List.of(
                DOCUMENTS + " documents of two patients, as the treating physician of alice sees hers.",
                "",
                "The first ten, by number of the document",
                "search | PostgreSQL | Elasticsearch | found by both engines | the same among the first ten"));
        lines("ranked.txt").forEach(words -> told.add(ranked(words)));
        told.addAll(List.of(
                "",
                "Forms of a word: how many hold it as it is written, how many each engine finds",
                "word | as written | PostgreSQL | Elasticsearch | only PostgreSQL | only Elasticsearch"));
        lines("inflected.txt").forEach(word -> told.add(inflected(word)));
        Files.write(TOLD, told);
        assertThat(told).hasSizeGreaterThan(40);
    }

    private static String ranked(String words) {
        List<Integer> postgres = hers(SERVER.bean(TextIndex.class), words);
        List<Integer> other = hers(elastic, words);
        List<Integer> firstOf = postgres.stream().limit(FIRST).toList();
        List<Integer> firstOfOther = other.stream().limit(FIRST).toList();
        long both = firstOf.stream().filter(firstOfOther::contains).count();
        return String.join(
                " | ",
                words,
                firstOf.toString(),
                firstOfOther.toString(),
                postgres.size() + (new TreeSet<>(postgres).equals(new TreeSet<>(other)) ? "" : " and " + other.size()),
                both + " of " + firstOf.size());
    }

    private static String inflected(String word) {
        String form = ExactSearch.folded(word);
        long written = shelf.documents().stream()
                .filter(document -> document.patient().equals(Shelf.ALICE))
                .filter(document -> document.words().contains(form))
                .count();
        List<Integer> postgres = hers(SERVER.bean(TextIndex.class), word);
        List<Integer> other = hers(elastic, word);
        return String.join(
                " | ",
                word,
                Long.toString(written),
                Integer.toString(postgres.size()),
                Integer.toString(other.size()),
                without(postgres, other),
                without(other, postgres));
    }

    private static String without(List<Integer> all, List<Integer> some) {
        return new TreeSet<>(all.stream().filter(one -> !some.contains(one)).toList()).toString();
    }

    /** As the treating physician, of alice. */
    private static List<Integer> hers(TextIndex index, String words) {
        return numbered(found(index, Actor.TREATING_PHYSICIAN, Shelf.ALICE, words))
                .toList();
    }

    private static List<String> found(TextIndex index, Actor actor, Patient patient, String words) {
        Judgement judgement = JUDGEMENTS.get(name(actor, patient));
        return index.find(
                QUERIES.read(words),
                judgement.patient().orElseThrow().id(),
                judgement.keys().all(),
                MOST);
    }

    private static Set<Integer> numbers(Collection<String> ids) {
        return numbered(ids).collect(toCollection(TreeSet::new));
    }

    /** Of our documents: other tests leave others. */
    private static Stream<Integer> numbered(Collection<String> ids) {
        Map<String, Integer> numbers = shelf.documents().stream().collect(toMap(Shelved::id, Shelved::number));
        return ids.stream().filter(numbers::containsKey).map(numbers::get);
    }

    /** Lines of a file of these tests that are no comment. */
    static Stream<String> lines(String file) {
        try (InputStream in = EnginesAgreeIT.class.getResourceAsStream("/fulltext/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

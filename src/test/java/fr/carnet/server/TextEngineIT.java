package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.fulltext.elastic.ElasticNode;
import fr.carnet.fulltext.extract.Documents;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.UniqueId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A server with Elasticsearch, whose engine is stopped, emptied and made anew while people publish and search: nothing is
 * lost, nothing is shown that was hidden, and whoever searches words is told when they cannot be searched.
 */
@TestMethodOrder(OrderAnnotation.class)
class TextEngineIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PATIENT =
            "&patient.identifier=" + Call.escaped(Publication.ALICE.ins().token());
    private static final String WORD = "DocumentReference?_summary=count&text=ornithorynque" + PATIENT;
    private static final Path MATRIX = Path.of("src", "main", "resources", "habilitation", "matrix.tsv");

    private static ElasticNode node;
    private static ChildServer server;
    private static String martin;
    private static String alice;
    private static String nurse;

    @BeforeAll
    static void start() {
        node = ElasticNode.start();
        server = new ChildServer(
                "text-engine",
                List.of(
                        "--carnet.fulltext.elasticsearch.urls=" + node.url(),
                        "--carnet.fulltext.elasticsearch.replicas=0",
                        "--carnet.fulltext.elasticsearch.timeout=2s"));
        server.start();
        people();
        send(martin, Choices.authorisation(Publication.ALICE, "899700100011"));
        send(nurse, Choices.authorisation(Publication.ALICE, "899700100037"));
    }

    private static void people() {
        martin = token("dr-martin");
        alice = token("alice");
        nurse = token("nurse-petit");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        node.close();
    }

    private static String token(String actor) {
        return server.sandbox()
                .token(actor, Map.of("patient", Publication.ALICE.ins().value()));
    }

    private static Answer send(String token, Call call) {
        return server.sandbox().send(token, call);
    }

    /** One more document with the word; its reference. */
    private static String publish() {
        var document = new Document(
                UniqueId.random(),
                Document.Kind.CONSULTATION,
                OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(5),
                Documents.pdf("Un ornithorynque, " + UniqueId.random().oid()));
        Answer answer = send(martin, Call.transaction(Publication.of(List.of(document))));
        assertThat(answer.status()).as("publication goes on").isEqualTo(200);
        return Publication.documents(answer).findFirst().orElseThrow();
    }

    private static int all() {
        return send(martin, Call.get("DocumentReference?_summary=count&type=11488-4" + PATIENT))
                .total();
    }

    /** How many have the word; -1 if words cannot be searched, which is said. */
    private static int found(String token) {
        Answer answer = send(token, Call.get(WORD));
        if (answer.status() == 503) {
            assertThat(answer.sentence()).contains("indisponible pour le moment");
            return -1;
        }
        assertThat(answer.status()).isEqualTo(200);
        return answer.total();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            Thread.sleep(200);
        }
    }

    private static void awaitAll() throws InterruptedException {
        await("every document is found again", () -> found(martin) == all());
    }

    @FaultTest(11)
    @Order(1)
    @Test
    void nothingIsLostOrShownWhileTheEngineIsStoppedEmptiedAndMadeAnew() throws Exception {
        String masked = publish();
        awaitAll();
        send(alice, Choices.masking(masked));
        var load = new Load();
        try {
            engineIsKilledAndComesBack(load);
            indexIsDeletedAndMadeAnew(load);
            indexIsMadeAnewByCommand(load);
        } finally {
            load.end();
        }
        awaitAll();
        assertThat(found(nurse)).isEqualTo(all() - 1);
        FaultReport.tell(
                11,
                "Elasticsearch killed, its index deleted, the index made anew",
                load.gapsSince(Instant.EPOCH),
                "searches of words answered 503",
                "%d publications meanwhile, all found again; the masked one never counted".formatted(load.published()));
    }

    private static void engineIsKilledAndComesBack(Load load) throws Exception {
        node.kill();
        await("it says so", () -> found(martin) < 0);
        int during = load.published();
        Instant start = Instant.now();
        assertThat(found(martin)).isNegative();
        assertThat(Duration.between(start, Instant.now()))
                .as("and does not make wait")
                .isLessThan(PATIENCE.dividedBy(10));
        assertThat(all()).as("other searches go on").isPositive();
        await("and publication", () -> load.published() > during + 5);
        node.resume();
        await("what was published meanwhile is found", () -> found(martin) > during);
    }

    /** Between the deletion and the end of the making there is no answer that has less. */
    private static void indexIsDeletedAndMadeAnew(Load load) throws Exception {
        awaitAlmostAll(load);
        int before = found(martin);
        for (String index : indices()) {
            assertThat(node.send("DELETE", "/" + index).statusCode()).isEqualTo(200);
        }
        int first = found(martin);
        while (first < 0) {
            first = found(martin);
        }
        assertThat(first).isGreaterThanOrEqualTo(before);
    }

    private static List<String> indices() {
        String names = node.send("GET", "/_cat/indices/carnet-text-*?h=index").body();
        return names.lines().map(String::strip).toList();
    }

    /** As an operator runs it beside a serving server: the sandbox cannot be started twice. */
    private static String[] reindex() {
        return new String[] {
            "reindex",
            "--carnet.database.url=" + server.database(),
            "--carnet.database.username=postgres",
            "--carnet.database.password=postgres",
            "--carnet.public-base-url=" + server.sandbox().root(),
            "--carnet.issuers[0].issuer=" + server.sandbox().root(),
            "--carnet.issuers[0].jwks-uri=" + server.sandbox().root() + "/oauth2/jwks",
            "--carnet.token.keys=" + server.data().resolve("token-keys"),
            "--carnet.trace.signing-key=" + server.data().resolve("trace-key.pem"),
            "--carnet.trace.roots=" + server.data().resolve("roots"),
            "--carnet.fulltext.elasticsearch.urls=" + node.url(),
            "--carnet.fulltext.elasticsearch.replicas=0"
        };
    }

    private static void awaitAlmostAll(Load load) throws InterruptedException {
        int published = load.published();
        await("what was published by now is found", () -> found(martin) >= published);
    }

    private static void indexIsMadeAnewByCommand(Load load) throws Exception {
        awaitAlmostAll(load);
        int before = found(martin);
        List<String> old = indices();
        Instant start = Instant.now();
        CommandLineRun run = CommandLineRun.of(reindex());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("documents sur", "Index refait");
        assertThat(indices()).hasSize(1).doesNotContainAnyElementsOf(old);
        assertThat(found(martin)).isGreaterThanOrEqualTo(before);
        assertThat(load.gapsSince(start)).as("no search was refused meanwhile").isZero();
    }

    /** The last one: it leaves the server so. */
    @Order(2)
    @Test
    void aNarrowerMatrixHoldsFromTheStartOnWhateverTheIndexHolds() throws Exception {
        publish();
        awaitAll();
        assertThat(found(nurse)).isPositive();
        server.kill();
        Path overlay = Files.createTempDirectory("matrix");
        Path table = Files.createDirectories(overlay.resolve("habilitation")).resolve("matrix.tsv");
        Files.writeString(table, withoutNurses(Files.readAllLines(MATRIX)));
        server.start(List.of(overlay));
        people();
        assertThat(found(martin)).isEqualTo(all());
        assertThat(found(nurse)).isZero();
    }

    /** Nurses (60) read no consultation report (11488-4) any more. */
    private static String withoutNurses(List<String> table) {
        List<String> changed = new ArrayList<>();
        int column = -1;
        int rows = 0;
        for (String line : table) {
            String[] cells = line.split("\t", -1);
            if (column < 0 && !line.startsWith("#")) {
                column = List.of(cells).indexOf("10/60") < 0
                        ? List.of(cells).indexOf("60")
                        : List.of(cells).indexOf("10/60");
            } else if (cells[0].equals("11488-4")) {
                cells[column] = "-";
                rows++;
            }
            changed.add(String.join("\t", cells));
        }
        assertThat(rows).isEqualTo(1);
        return String.join("\n", changed) + "\n";
    }

    /** One publishes, two search without pause: the nurse never counts what is masked, and nobody less than was there. */
    private static final class Load {
        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService people = Executors.newFixedThreadPool(3);
        private final Queue<Instant> gaps = new ConcurrentLinkedQueue<>();
        private final List<Future<?>> work = new ArrayList<>();
        private final Queue<String> documents = new ConcurrentLinkedQueue<>();

        Load() {
            work.add(people.submit(() -> {
                while (!over.get()) {
                    documents.add(publish());
                }
                return null;
            }));
            work.add(people.submit(() -> {
                while (!over.get()) {
                    int visible = found(nurse);
                    assertThat(visible).as("the masked one is never counted").isLessThanOrEqualTo(all() - 1);
                }
                return null;
            }));
            work.add(people.submit(() -> {
                while (!over.get()) {
                    if (found(martin) < 0) {
                        gaps.add(Instant.now());
                    }
                }
                return null;
            }));
        }

        int published() {
            return documents.size();
        }

        long gapsSince(Instant start) {
            return gaps.stream().filter(gap -> gap.isAfter(start)).count();
        }

        /** What any of them saw that must not be, fails here. */
        void end() throws Exception {
            over.set(true);
            for (Future<?> one : work) {
                one.get(1, TimeUnit.MINUTES);
            }
            people.shutdownNow();
        }
    }
}

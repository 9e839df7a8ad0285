package fr.carnet.faults;

import static fr.carnet.faults.Site.ALICE;
import static fr.carnet.faults.Site.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.Site.Sent;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Lot;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A production server whose PostgreSQL is cut off, frozen, shot down, or whose issuer lies; after each of it all holds. */
class EngineFaultsIT {

    private static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OF_ALICE =
            "DocumentReference?patient.identifier=" + Call.escaped(ALICE.ins().token());

    private static Site site;
    private static Relay relay;
    private static Node node;

    @BeforeAll
    static void start() {
        site = new Site("engine");
        relay = new Relay(site.engine.port());
        node = Node.in(
                        site.home,
                        "node",
                        relay.port(),
                        site.issuer,
                        List.of("--carnet.database.pool-size=" + CONNECTIONS))
                .start();
        site.open(node, ALICE);
        site.open(node, RUTH);
    }

    @AfterAll
    static void stop() {
        node.close();
        relay.close();
        site.close();
    }

    /** (I2), (I3), (I5) */
    @AfterEach
    void allHolds() throws Exception {
        await("it answers again", () -> isWell());
        site.nothingIsOrphan();
        assertThat(site.tracesVerify()).isPositive();
    }

    private static boolean isWell() {
        return node.trySend(site.issuer.martin(), Call.get(OF_ALICE + "&_summary=count"))
                .filter(answer -> answer.status() == 200)
                .isPresent();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            Thread.sleep(50);
        }
    }

    /** (I4) 503, in our words. */
    private static void saysLater(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(503);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("OperationOutcome")
                .doesNotContain("Exception", "SQL", "ostgres", "fr.carnet", "hikari");
        assertThat(answer.codes()).containsAnyOf("busy", "trace-unavailable");
    }

    @FaultTest(6)
    @Test
    void commitWhoseAnswerIsLostIsDoneOnce() throws Exception {
        Lot lot = Practice.lot(ALICE);
        long before = site.engine.count("carnet.content");
        relay.loseTheCommitOf(lot.id().oid());
        Answer answer = node.send(site.issuer.martin(), Call.transaction(lot.bundle()));
        assertThat(relay.lost()).isOne();
        assertThat(answer.status()).isIn(200, 503);
        Answer again = node.send(site.issuer.martin(), Call.transaction(lot.bundle()));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.isOfAnEarlierSending()).isTrue();
        assertThat(site.engine.count("carnet.content")).isEqualTo(before + 1);
        site.isWhole(node, lot);
        FaultReport.tell(
                6,
                "the answer of PostgreSQL to a commit cut off",
                relay.lost(),
                "commit that was done and not told",
                "the sender got " + answer.status() + (answer.isOfAnEarlierSending() ? ", as for a second sending" : "")
                        + "; sent again the first result, stored once");

        answerOfTheServerIsLost();
    }

    private static void answerOfTheServerIsLost() throws Exception {
        Lot lot = Practice.lot(ALICE);
        byte[] body = FhirJson.text(lot.bundle()).getBytes(StandardCharsets.UTF_8);
        try (var client = new Socket("localhost", node.root().getPort())) {
            client.getOutputStream()
                    .write(("POST /fhir HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + site.issuer.martin()
                                    + "\r\nContent-Type: application/fhir+json\r\nContent-Length: " + body.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
            client.getOutputStream().flush();
            await(
                    "it is committed",
                    () -> site.engine
                                    .owner()
                                    .queryForObject(
                                            "select count(*) from carnet.registry where unique_id = ?",
                                            Long.class,
                                            lot.document().id().urn())
                            == 1);
            client.setSoLinger(true, 0);
        }
        Answer again = node.send(site.issuer.martin(), Call.transaction(lot.bundle()));
        assertThat(again.isOfAnEarlierSending()).isTrue();
        site.isWhole(node, lot);
        FaultReport.tell(
                6,
                "the connection of the sender cut before he read his answer",
                1,
                "commit that he was not told of",
                "sent again the first result");
    }

    @FaultTest(4)
    @Test
    void connectionCutWithinATransactionRollsTheWholeLotBack() throws Exception {
        Lot lot = Practice.lot(RUTH);
        site.stallCommitsOf(RUTH, 20);
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> node.send(site.issuer.martin(), Call.transaction(lot.bundle())));
        await("it waits in its commit", () -> site.stalled() == 1);
        long cut = site
                .engine
                .owner()
                .queryForList(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where wait_event = 'PgSleep' and usename = ? and backend_xid is not null",
                        Boolean.class,
                        Engine.SERVING)
                .stream()
                .filter(Boolean::booleanValue)
                .count();
        saysLater(answer.get(30, TimeUnit.SECONDS));
        assertThat(site.isCommitted(lot)).isFalse();
        site.letCommit();
        Answer again = node.send(site.issuer.martin(), Call.transaction(lot.bundle()));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.isOfAnEarlierSending()).isFalse();
        site.isWhole(node, lot);
        FaultReport.tell(
                4,
                "pg_terminate_backend within a transaction that had written",
                cut,
                "sessions cut",
                "503, nothing of it stored; sent again it is, once");
    }

    @FaultTest(3)
    @Test
    void restartUnderLoadIsAGapAndNoLoss() throws Exception {
        var load = new Load(site, List.of(node), 6, ALICE);
        load.awaitAcknowledged(20);
        site.engine.restart();
        await("it answers again", () -> isWell());
        int after = load.acknowledged();
        load.awaitAcknowledged(after + 20);
        load.end();
        List<Sent> failed =
                load.sent().stream().filter(one -> !one.isAcknowledged()).toList();
        failed.forEach(one -> saysLater(one.answer().orElseThrow()));
        load.sent().stream().filter(Sent::isAcknowledged).forEach(one -> site.isWhole(node, one.lot()));
        for (Sent one : failed) {
            assertThat(node.send(
                                    site.issuer.martin(),
                                    Call.transaction(one.lot().bundle()))
                            .status())
                    .isEqualTo(200);
            site.isWhole(node, one.lot());
        }
        FaultReport.tell(
                3,
                "PostgreSQL shot down (SIGQUIT) and started again under load",
                failed.size(),
                "publications answered 503",
                "%d acknowledged, each whole; the others stored once when sent again".formatted(load.acknowledged()));
    }

    @Tag("long-fault")
    @FaultTest(5)
    @Test
    void frozenEngineIsAnsweredForAndNothingIsStoredTwice() throws Exception {
        frozenFor(Duration.ofSeconds(60), 100);
    }

    private static void frozenFor(Duration length, int clients) throws Exception {
        List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
        List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
        ExecutorService people = Executors.newFixedThreadPool(clients);
        int frozen = site.engine.freeze();
        Instant start = Instant.now();
        for (int i = 0; i < clients; i++) {
            people.execute(() -> {
                Instant asked = Instant.now();
                sent.add(site.publish(node, ALICE));
                waits.add(Duration.between(asked, Instant.now()));
            });
        }
        Thread.sleep(length.dividedBy(2).toMillis());
        Instant asked = Instant.now();
        int served = status("/fhir/metadata");
        Duration probe = Duration.between(asked, Instant.now());
        Thread.sleep(Duration.between(Instant.now(), start.plus(length)).toMillis());
        site.engine.thaw();
        await("it answers again", () -> isWell());
        people.shutdown();
        assertThat(people.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(served).isEqualTo(200);
        assertThat(probe).isLessThan(Duration.ofSeconds(2));
        assertThat(sent).hasSize(clients);
        List<Sent> refused = sent.stream().filter(one -> !one.isAcknowledged()).toList();
        refused.forEach(one -> saysLater(one.answer().orElseThrow()));
        Duration longest = waits.stream().max(Duration::compareTo).orElseThrow();
        for (Sent one : sent) {
            Answer again =
                    node.send(site.issuer.martin(), Call.transaction(one.lot().bundle()));
            assertThat(again.status()).isEqualTo(200);
            site.isWhole(node, one.lot());
        }
        FaultReport.tell(
                5,
                "PostgreSQL stopped where it stood (SIGSTOP of %d processes) for %d s"
                        .formatted(frozen, length.toSeconds()),
                refused.size(),
                "of " + clients + " publications answered 503",
                "the longest waited %d s, the statement of capabilities was served in %d ms meanwhile; sent again, each is stored once"
                        .formatted(longest.toSeconds(), probe.toMillis()));
    }

    private static int status(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.root() + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** More than there are threads and connections; each needs a connection for its search and one for its trace. */
    @FaultTest(33)
    @Test
    void aThousandAtOnceOnTenConnectionsAreServedInTurn() throws Exception {
        site.publish(node, ALICE);
        String martin = site.issuer.martin();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        Instant start = Instant.now();
        for (int i = 0; i < 1_000; i++) {
            asked.add(http.sendAsync(
                    HttpRequest.newBuilder(URI.create(node.root() + "/fhir/" + OF_ALICE + "&_count=2"))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + martin)
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        List<Sent> published = atOnce(64);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (CompletableFuture<HttpResponse<String>> one : asked) {
            HttpResponse<String> answer = one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        }
        Duration took = Duration.between(start, Instant.now());
        assertThat(statuses.keySet()).isSubsetOf(200, 503);
        assertThat(statuses).containsKey(200);
        published.stream().filter(Sent::isAcknowledged).forEach(one -> site.isWhole(node, one.lot()));
        FaultReport.tell(
                33,
                "1 000 searches and 64 publications at once on " + CONNECTIONS + " connections",
                asked.size(),
                "searches",
                "answered %s within %d ms, %d publications acknowledged"
                        .formatted(
                                statuses,
                                took.toMillis(),
                                published.stream().filter(Sent::isAcknowledged).count()));
    }

    private static List<Sent> atOnce(int publishers) throws InterruptedException {
        List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
        ExecutorService people = Executors.newFixedThreadPool(publishers);
        for (int i = 0; i < publishers; i++) {
            people.execute(() -> sent.add(site.publish(node, ALICE)));
        }
        people.shutdown();
        assertThat(people.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return sent;
    }

    /** Keys that change, then an issuer that answers garbage, 10 MB, and nothing. */
    @FaultTest(13)
    @Test
    void keysOfTheIssuerThatChangeOrAreNoneDoNoHarm() {
        int before = site.issuer.asked();
        site.issuer.rotate();
        assertThat(node.send(site.issuer.martin(), Call.get(OF_ALICE)).status())
                .as("a new key is fetched")
                .isEqualTo(200);
        assertThat(site.issuer.asked()).isGreaterThan(before);
        Map<String, Runnable> lies = new TreeMap<>(Map.of(
                "garbage", () -> site.issuer.answer(200, "<html>".getBytes(StandardCharsets.US_ASCII)),
                "an error", () -> site.issuer.answer(500, new byte[0]),
                "10 MB", () -> site.issuer.answer(200, new byte[10 << 20])));
        for (Map.Entry<String, Runnable> lie : lies.entrySet()) {
            lie.getValue().run();
            assertThat(node.send(site.issuer.martin(), Call.get(OF_ALICE)).status())
                    .as("known keys serve on")
                    .isEqualTo(200);
        }
        int fetched = site.issuer.asked();
        var stranger = new Issuer();
        int refused = 0;
        for (int i = 0; i < 50; i++) {
            int status = node.send(stranger.martin(), Call.get(OF_ALICE)).status();
            assertThat(status).isIn(401, 503);
            refused++;
        }
        stranger.close();
        assertThat(site.issuer.asked() - fetched)
                .as("fetches for 50 strangers' keys")
                .isLessThanOrEqualTo(4);
        site.issuer.mend();
        assertThat(node.send(site.issuer.martin(), Call.get(OF_ALICE)).status()).isEqualTo(200);
        FaultReport.tell(
                13,
                "keys of the issuer changed, then garbage, an error, 10 MB in their place",
                refused,
                "tokens of a stranger's key refused",
                "the new key was fetched, known keys served on, %d fetches for 50 unknown ones"
                        .formatted(site.issuer.asked() - fetched));
    }
}

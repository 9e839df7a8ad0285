package fr.carnet.faults;

import static fr.carnet.faults.Site.ALICE;
import static fr.carnet.faults.Site.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import fr.carnet.faults.Site.Sent;
import fr.carnet.server.Mailroom;
import fr.carnet.server.ServerProcess;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Choices;
import fr.carnet.server.cli.client.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two production servers on one database: what one acknowledges the other obeys at once, and either may be killed or sent
 * home under load. The tests follow each other: each leaves fewer nodes.
 */
@TestMethodOrder(OrderAnnotation.class)
class TwoNodesIT {

    private static final int ROUNDS = 20;
    private static final int PUBLISHERS = 8;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** How long a commit of Ruth's record takes: long enough to be killed in. */
    private static final int STALL_SECONDS = 12;

    private static final String OF_ALICE =
            "patient.identifier=" + Call.escaped(ALICE.ins().token());
    private static final List<Sent> SENT = new ArrayList<>();

    private static Site site;
    private static Mailroom mailroom;
    private static Node first;
    private static Node second;

    @BeforeAll
    static void start() {
        site = new Site("nodes");
        int mail = ServerProcess.freePort();
        mailroom = new Mailroom(mail);
        String[] settings = {
            "--carnet.messaging.notices.quiet=1s",
            // what the killed node has in hand is tried again by the other one
            "--carnet.outbox.lease=15s",
            "--carnet.messaging.notices.mail.host=localhost",
            "--carnet.messaging.notices.mail.port=" + mail,
            "--carnet.messaging.notices.mail.security=TLS",
            "--carnet.messaging.notices.mail.from=avis@carnet.example",
            "--carnet.messaging.notices.mail.authorities=" + Mailroom.AUTHORITIES.toAbsolutePath()
        };
        first = site.node("first", settings);
        second = site.node("second", settings);
        // both at once on new tables, as a cluster starts
        first.process().start(List.of(), List.of("-Xmx700m"));
        second.start();
        first.process().awaitReady();
    }

    @AfterAll
    static void stop() {
        Stream.of(first, second).filter(node -> node != null).forEach(Node::close);
        mailroom.close();
        site.close();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            Thread.sleep(100);
        }
    }

    private static String published(Node node, Person person) {
        Sent sent = site.publish(node, person);
        assertThat(sent.isAcknowledged())
                .as(sent.answer().map(a -> a.json().toString()).orElse("no answer"))
                .isTrue();
        SENT.add(sent);
        return sent.answer()
                .orElseThrow()
                .createdInTransaction()
                .filter(reference -> reference.startsWith("DocumentReference/"))
                .findFirst()
                .orElseThrow();
    }

    /** A patient, a consent, a document, a mask, a block: each acknowledged by one, obeyed by the other from then on. */
    @Order(1)
    @Test
    void whatOneAcknowledgesTheOtherObeysAtOnce() {
        String nurse = site.issuer.nurse();
        String alice = site.issuer.holder(ALICE);
        assertThat(second.send(nurse, Call.get("DocumentReference?" + OF_ALICE)).status())
                .as("nobody knows her yet, and that is remembered nowhere")
                .isGreaterThanOrEqualTo(400);
        site.open(first, ALICE);
        site.open(second, RUTH);
        for (int round = 0; round < ROUNDS; round++) {
            Node here = round % 2 == 0 ? first : second;
            Node there = round % 2 == 0 ? second : first;
            String document = published(here, ALICE);
            assertThat(there.send(nurse, Call.get(document)).status())
                    .as("no consent")
                    .isEqualTo(404);
            Answer consent = here.send(nurse, Choices.authorisation(ALICE, Issuer.NURSE));
            assertThat(consent.status()).isEqualTo(201);
            assertThat(there.send(nurse, Call.get(document)).status())
                    .as("consent")
                    .isEqualTo(200);
            assertThat(here.send(alice, Choices.masking(document)).status()).isEqualTo(200);
            assertThat(there.send(nurse, Call.get(document)).status())
                    .as("masked")
                    .isEqualTo(404);
            assertThat(there.send(alice, Choices.unmasking(document)).status()).isEqualTo(200);
            assertThat(here.send(nurse, Call.get(document)).status())
                    .as("unmasked")
                    .isEqualTo(200);
            assertThat(there.send(nurse, Choices.ending(consent.created().orElseThrow()))
                            .status())
                    .isEqualTo(200);
            assertThat(here.send(nurse, Call.get(document)).status())
                    .as("consent ended")
                    .isEqualTo(404);
        }
    }

    @Order(2)
    @Test
    void pagesOfOneAreTurnedOnTheOther() {
        String martin = site.issuer.martin();
        String search = "DocumentReference?status=current&author.family=Martin&_count=3&" + OF_ALICE;
        Answer page = first.send(martin, Call.get(search));
        int total = page.total();
        assertThat(total).isEqualTo(ROUNDS);
        Set<String> seen = new HashSet<>();
        int pages = 0;
        Node next = second;
        while (true) {
            pages++;
            page.matches().forEach(found -> assertThat(seen.add(found.path("id").asText()))
                    .as("each once")
                    .isTrue());
            String link = next(page);
            if (link.isEmpty()) {
                break;
            }
            assertThat(link).contains("_sealed=");
            page = next.send(martin, next.following(link));
            assertThat(page.status()).as(page.json().toString()).isEqualTo(200);
            next = next == first ? second : first;
        }
        assertThat(seen).hasSize(total);
        assertThat(pages).isEqualTo((total + 2) / 3);
    }

    /** Each node alone would take it: only together they know. */
    @Order(2)
    @Test
    void aProofThatOneHasSeenIsNotTakenByTheOther() throws Exception {
        ECKey holder = Issuer.newKey();
        String token = site.issuer.boundTo(holder);
        String proof = Issuer.proof(holder, "GET", "/fhir/DocumentReference", token);
        assertThat(proved(first, token, proof)).isEqualTo(200);
        assertThat(proved(second, token, proof)).isEqualTo(401);
        assertThat(proved(second, token, Issuer.proof(holder, "GET", "/fhir/DocumentReference", token)))
                .isEqualTo(200);
    }

    private static int proved(Node node, String token, String proof) throws Exception {
        URI search = URI.create(node.root() + "/fhir/DocumentReference?_summary=count&" + OF_ALICE);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(search)
                                .header("Authorization", "DPoP " + token)
                                .header("DPoP", proof)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String next(Answer page) {
        return StreamSupport.stream(page.json().path("link").spliterator(), false)
                .filter(link -> "next".equals(link.path("relation").asText()))
                .map(link -> link.path("url").asText())
                .findFirst()
                .orElse("");
    }

    @FaultTest({1, 2})
    @Order(3)
    @Test
    void oneIsKilledUnderLoadAndNothingAcknowledgedIsLost() throws Exception {
        prefersMail(RUTH);
        prefersMail(ALICE);
        var load = new Load(site, List.of(first, second), PUBLISHERS, ALICE);
        load.awaitAcknowledged(ACKNOWLEDGED_BEFORE_THE_KILL);
        site.stallCommitsOf(RUTH, STALL_SECONDS);
        var stalled = new Load(site, List.of(first), 1, RUTH);
        await("a publication waits in its commit", () -> site.stalled() == 1);
        long contents = site.stalled();
        first.process().kill();
        load.without(first);
        int atTheKill = load.acknowledged();
        load.awaitAcknowledged(atTheKill + ACKNOWLEDGED_BEFORE_THE_KILL);
        stalled.end();
        load.end();
        site.letCommit();

        List<Sent> sent = load.sent();
        List<Sent> acknowledged = sent.stream().filter(Sent::isAcknowledged).toList();
        List<Sent> unanswered =
                sent.stream().filter(one -> one.answer().isEmpty()).toList();
        acknowledged.forEach(one -> site.isWhole(second, one.lot()));
        assertThat(sent.stream().filter(one -> one.answer().isPresent() && !one.isAcknowledged()))
                .as("whoever was answered was acknowledged")
                .isEmpty();
        int known = 0;
        for (Sent one : unanswered) {
            known += retried(one) ? 1 : 0;
        }
        FaultReport.tell(
                1,
                "kill -9 of one of two nodes while " + PUBLISHERS + " publish without pause",
                unanswered.size(),
                "publications without an answer",
                "%d acknowledged, each whole on the other node; of those without an answer %d were committed; retried, each is stored once"
                        .formatted(acknowledged.size(), known));
        assertThat(stalled.sent()).hasSize(1);
        assertThat(retried(stalled.sent().get(0))).as("it was not committed").isFalse();
        FaultReport.tell(
                2,
                "kill -9 between the writing of a content and its commit",
                contents,
                "sessions in their commit",
                "rolled back by PostgreSQL, nothing of it visible; retried, it is stored");
        SENT.addAll(acknowledged);
        site.nothingIsOrphan();
        System.out.printf("two nodes: %d traces verify%n", site.tracesVerify());
    }

    /** Sent again to the node that is left; true if it was stored at its first sending. */
    private static boolean retried(Sent one) {
        Answer again =
                second.send(site.issuer.martin(), Call.transaction(one.lot().bundle()));
        assertThat(again.status()).as(again.json().toString()).isEqualTo(200);
        site.isWhole(second, one.lot());
        return again.isOfAnEarlierSending();
    }

    private static void prefersMail(Person person) {
        var parameters = new Parameters();
        parameters.addParameter().setName("identifier").setValue(person.identifier());
        parameters
                .addParameter()
                .setName("email")
                .setValue(new StringType("p" + person.ins().value() + "@example.org"));
        Answer answer =
                first.send(site.issuer.operator(), Call.write("POST", "Patient/$notice-preferences", parameters));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    /** The jobs ran on both while both were there, and on the one that is left. */
    @Order(4)
    @Test
    void jobsAreDoneOnce() throws Exception {
        await("every mail has left", () -> mails("state = 'WAITING'") == 0 && mails("state = 'SENT'") > 0);
        Set<String> ids = new HashSet<>();
        int twice = 0;
        for (var mail : mailroom.received()) {
            twice += ids.add(mail.getHeader("Message-ID")[0]) ? 0 : 1;
        }
        assertThat((long) twice)
                .as("sent once, but for those of which nobody knew")
                .isLessThanOrEqualTo(mails("uncertain > 0"));
        assertThat(ids).hasSize((int) mails("state = 'SENT'"));
        Path roots = site.home.resolve("roots");
        await("the traces are sealed", () -> site.engine.count("carnet.trace_root") > 0);
        assertThat(site.engine.count("carnet.trace_root")).isOne();
        try (Stream<Path> files = Files.list(roots)) {
            assertThat(files).hasSize(1);
        }
        System.out.printf("two nodes: %d mails, each once; 1 root%n", ids.size());
    }

    private static long mails(String state) {
        return site.engine.count("carnet.outbox where channel = 'mail' and " + state);
    }

    @FaultTest(39)
    @Order(5)
    @Test
    void whatIsUnderWayEndsWhenANodeIsSentHome() throws Exception {
        var load = new Load(site, List.of(second), PUBLISHERS, ALICE);
        load.awaitAcknowledged(20);
        Instant start = Instant.now();
        Engine.signal("TERM", second.process().process().pid());
        await("readiness says no", () -> second.process().readiness() != 200);
        assertThat(second.process().readiness()).as("while it still answers").isEqualTo(503);
        int refusing = load.acknowledged();
        second.process().process().onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
        Duration took = Duration.between(start, Instant.now());
        load.without(second);
        load.end();

        List<Sent> acknowledged =
                load.sent().stream().filter(Sent::isAcknowledged).toList();
        List<Sent> others =
                load.sent().stream().filter(one -> !one.isAcknowledged()).toList();
        acknowledged.forEach(one -> site.isStored(one.lot()));
        SENT.forEach(one -> site.isStored(one.lot()));
        long committed =
                others.stream().filter(one -> site.isCommitted(one.lot())).count();
        assertThat(committed).as("none was stored whose sender was not told").isZero();
        site.nothingIsOrphan();
        FaultReport.tell(
                39,
                "SIGTERM while " + PUBLISHERS + " publish without pause",
                others.size(),
                "publications that were not taken any more",
                "%d acknowledged, %d of them after readiness had said no, all stored; gone after %d ms; %d traces verify"
                        .formatted(
                                acknowledged.size(),
                                acknowledged.size() - refusing,
                                took.toMillis(),
                                site.tracesVerify()));
    }
}

package fr.carnet.messaging.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.outbox.OutboxDatabase;
import fr.carnet.outbox.OutboxLedger;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.outbox.OutboxNode;
import fr.carnet.outbox.State;
import fr.carnet.server.Mailroom;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many notices, a mail server that is down for a while, and nodes that are killed with mails in hand: each arrives, under one
 * Message-ID, and whatever arrives twice was counted. {@code -Dcarnet.load.events=10000} makes it large.
 */
class NoticeLoadIT {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeLoadIT.class);
    private static final int EVENTS = Integer.getInteger("carnet.load.events", 1000);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Selection UNCERTAIN = new Selection(Optional.empty(), Optional.empty(), true);

    private final List<Process> nodes = new CopyOnWriteArrayList<>();

    @Test
    void everyNoticeArrivesAndEveryPossibleDuplicateIsListed() throws Exception {
        int port = freePort();
        try (var database = new OutboxDatabase();
                var mailroom = new Mailroom(port);
                var own = new OutboxNode(database.url(), MailNode.SETTINGS)) {
            Set<String> ids = IntStream.range(0, EVENTS)
                    .mapToObj(
                            i -> own.outbox().add(MailNode.CHANNEL, "Patient/" + i, "x", Instant.now(), Instant.now()))
                    .map(id -> "<" + id + "@carnet.example>")
                    .collect(Collectors.toSet());
            OutboxLedger ledger = own.ledger();
            start(database, port);
            Process second = start(database, port);
            await(() -> sent(ledger) >= EVENTS / 5);
            kill(nodes.get(0));
            await(() -> sent(ledger) >= 2 * EVENTS / 5);
            mailroom.shut();
            Thread.sleep(3000);
            mailroom.open();
            await(() -> sent(ledger) >= 3 * EVENTS / 5);
            kill(second);
            start(database, port);
            await(() -> sent(ledger) == EVENTS);

            Map<String, Integer> received = new TreeMap<>();
            for (var message : mailroom.received()) {
                received.merge(message.getMessageID(), 1, Integer::sum);
            }
            Map<String, Integer> uncertain = ledger.lines(UNCERTAIN, EVENTS).stream()
                    .collect(Collectors.toMap(line -> "<" + line.id() + "@carnet.example>", line -> line.uncertain()));
            int twice = received.values().stream().mapToInt(times -> times - 1).sum();
            LOG.warn(
                    "{} notices, {} mails, {} duplicates received, {} possible ones counted",
                    EVENTS,
                    EVENTS + twice,
                    twice,
                    uncertain.values().stream().mapToInt(Integer::intValue).sum());
            assertThat(received.keySet()).isEqualTo(ids);
            received.forEach(
                    (id, times) -> assertThat(times - 1).as(id).isLessThanOrEqualTo(uncertain.getOrDefault(id, 0)));
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    /** The relay has the mail, its sender never learns so: killed before the reply, and before anything was noted. */
    @Test
    void mailWhoseNodeIsKilledBetweenSendingAndNotingGoesOutTwiceUnderOneMessageId() throws Exception {
        try (var database = new OutboxDatabase();
                var relay = new FakeRelay(Map.of(), this::killTheFirst);
                var own = new OutboxNode(database.url(), MailNode.SETTINGS)) {
            String id = "<" + own.outbox().add(MailNode.CHANNEL, "Patient/1", "x", Instant.now(), Instant.now())
                    + "@carnet.example>";
            Process first = start(database, relay.port());
            await(() -> !first.isAlive());
            assertThat(relay.messageIds()).containsExactly(id);
            assertThat(sent(own.ledger())).isZero();

            start(database, relay.port());
            await(() -> sent(own.ledger()) == 1);
            assertThat(relay.messageIds()).containsExactly(id, id);
            assertThat(own.ledger().lines(UNCERTAIN, 10)).singleElement().satisfies(line -> assertThat(line.uncertain())
                    .isEqualTo(1));
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private void killTheFirst() {
        if (nodes.size() == 1) {
            kill(nodes.get(0));
        }
    }

    private static int sent(OutboxLedger ledger) {
        return ledger.count(new Selection(Optional.empty(), Optional.of(State.SENT), false));
    }

    private Process start(OutboxDatabase database, int port) throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "it")), "node", ".log");
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=cli/logback.xml",
                        "-cp",
                        classPath(),
                        MailNode.class.getName(),
                        database.url(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        nodes.add(node);
        return node;
    }

    private static void kill(Process node) {
        assertThat(node.isAlive()).isTrue();
        node.destroyForcibly().onExit().join();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(latest);
            Thread.sleep(20);
        }
    }

    /** Surefire may hide the class path in the manifest of a jar; it leaves the real one here. */
    private static String classPath() {
        return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

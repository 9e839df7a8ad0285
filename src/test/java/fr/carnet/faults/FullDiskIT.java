package fr.carnet.faults;

import static fr.carnet.faults.Site.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.carnet.faults.Site.Sent;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disks of PostgreSQL: full, then not full any more. They are of memory, and need root to be mounted. */
@Tag("long-fault")
class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OF_ALICE = "DocumentReference?_summary=count&patient.identifier="
            + Call.escaped(ALICE.ins().token());

    private static Disk main;
    private static Disk small;
    private static Site site;
    private static Node node;

    @BeforeAll
    static void start() {
        Path home = Site.folder("disk");
        Optional<Disk> mounted = Disk.mounted(home.resolve("main"), 400);
        assumeTrue(mounted.isPresent(), "no disk can be mounted here: faults 7 and 8 are not injected");
        main = mounted.get();
        small = Disk.mounted(home.resolve("small"), 40).orElseThrow();
        site = new Site(home, Optional.of(main.folder()));
        node = site.node("node").start();
        site.open(node, ALICE);
        site.engine
                .owner()
                .execute("create tablespace small location '" + small.folder().resolve("space") + "'");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
            site.close();
        }
        for (Disk disk : new Disk[] {main, small}) {
            if (disk != null) {
                disk.close();
            }
        }
    }

    /** There is room again: all holds, and goes on without a hand. */
    @AfterEach
    void allHolds() throws Exception {
        Instant latest = Instant.now().plus(PATIENCE);
        while (read() != 200) {
            assertThat(Instant.now()).as("it answers again").isBefore(latest);
            Thread.sleep(200);
        }
        site.nothingIsOrphan();
        assertThat(site.tracesVerify()).isPositive();
    }

    private static int read() {
        return node.trySend(site.issuer.martin(), Call.get(OF_ALICE))
                .map(Answer::status)
                .orElse(0);
    }

    private static Sent publish(int size) {
        Lot lot = new Lot(UniqueId.random(), ALICE, Depositor.DR_MARTIN, Publication.document(size));
        return new Sent(lot, node.trySend(site.issuer.martin(), Call.transaction(lot.bundle())));
    }

    private static List<Sent> publishUntilRefused() {
        List<Sent> sent = new ArrayList<>();
        do {
            sent.add(publish(400_000));
        } while (sent.get(sent.size() - 1).isAcknowledged() && sent.size() < 100);
        sent.add(publish(400_000));
        return sent;
    }

    /** What was acknowledged is whole, what was refused is stored once when it is sent again; how many were refused. */
    private static long settle(List<Sent> sent) {
        long refused = 0;
        for (Sent one : sent) {
            if (!one.isAcknowledged()) {
                Answer answer = one.answer().orElseThrow();
                assertThat(answer.status()).isIn(503, 507);
                assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .contains("OperationOutcome")
                        .doesNotContain("Exception", "SQL", "ostgres", "No space");
                refused++;
                Answer again = node.send(
                        site.issuer.martin(), Call.transaction(one.lot().bundle()));
                assertThat(again.status()).as(again.json().toString()).isEqualTo(200);
            }
            site.isWhole(node, one.lot());
        }
        return refused;
    }

    @FaultTest(7)
    @Test
    void fullDiskOfPostgresRefusesAndSpoilsNothing() throws Exception {
        List<Sent> sent = new ArrayList<>(List.of(publish(8_000)));
        main.fill();
        sent.addAll(publishUntilRefused());
        int read = read();
        assertThat(read).isIn(200, 503);
        main.free();
        awaitReading();
        FaultReport.tell(
                7,
                "the disk of PostgreSQL filled to the last byte",
                settle(sent),
                "publications refused",
                "503; reading answered %d meanwhile; with room again all goes on, each is stored once".formatted(read));
    }

    private static void awaitReading() throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (read() != 200) {
            assertThat(Instant.now()).as("it answers again").isBefore(latest);
            Thread.sleep(200);
        }
    }

    @FaultTest(8)
    @Test
    void fullDiskOfTheContentsRefusesPublicationsAndThatOfTheTracesEverything() throws Exception {
        site.engine.owner().execute("alter table carnet.content set tablespace small");
        small.fill();
        List<Sent> sent = publishUntilRefused();
        assertThat(read()).as("reading goes on").isEqualTo(200);
        small.free();
        FaultReport.tell(
                8, "the disk of the contents filled", settle(sent), "publications refused", "503; reading goes on");
        site.engine.owner().execute("alter table carnet.content set tablespace pg_default");

        List<String> months = site.engine
                .owner()
                .queryForList(
                        "select inhrelid::regclass::text from pg_inherits where inhparent = 'carnet.trace'::regclass",
                        String.class);
        months.forEach(month -> site.engine.owner().execute("alter table " + month + " set tablespace small"));
        small.fill();
        int served = 0;
        while (read() == 200 && served < 1_000) {
            served++;
        }
        long refused = 0;
        for (int i = 0; i < 20; i++) {
            refused += read() == 503 ? 1 : 0;
        }
        long before = site.engine.count("carnet.content");
        Sent publication = publish(8_000);
        assertThat(publication.answer().orElseThrow().status()).isEqualTo(503);
        assertThat(site.engine.count("carnet.content")).isEqualTo(before);
        assertThat(refused).as("no trace, no data").isEqualTo(20);
        small.free();
        awaitReading();
        months.forEach(month -> site.engine.owner().execute("alter table " + month + " set tablespace pg_default"));
        FaultReport.tell(
                8,
                "the disk of the traces filled",
                refused,
                "reads refused",
                "503, once the last page had taken %d more; publications too; with room again all goes on"
                        .formatted(served));
    }
}

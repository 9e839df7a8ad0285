package fr.carnet.faults;

import static fr.carnet.faults.Site.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.faults.Site.Sent;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Depositor;
import fr.carnet.server.cli.client.FhirJson;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that has too little memory for what it is asked. */
@Tag("long-fault")
class MemoryIT {

    /** Exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int LARGE = 14_000_000;
    private static final int CLIENTS = 24;

    private static final Site SITE = new Site("memory");
    private static final Node NODE = SITE.node("node");

    @AfterAll
    static void stop() {
        NODE.close();
        SITE.close();
    }

    @FaultTest(34)
    @Test
    void serverWithoutMemoryEndsAndLosesNothing() throws Exception {
        NODE.start(List.of("-Xmx420m", "-XX:+ExitOnOutOfMemoryError"));
        SITE.open(NODE, ALICE);
        List<Sent> sent = new java.util.ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(SITE.publish(NODE, ALICE));
        }
        assertThat(sent).allMatch(Sent::isAcknowledged);
        Lot large = new Lot(UniqueId.random(), ALICE, Depositor.DR_MARTIN, Publication.document(LARGE));
        byte[] body = FhirJson.text(large.bundle()).getBytes(StandardCharsets.UTF_8);
        ExecutorService people = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            people.execute(() -> sendOver(body));
        }
        Process server = NODE.process().process();
        assertThat(server.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
        assertThat(server.exitValue()).isEqualTo(OUT_OF_MEMORY);
        people.shutdown();
        assertThat(people.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

        NODE.start(List.of("-Xmx700m"));
        sent.forEach(one -> SITE.isWhole(NODE, one.lot()));
        SITE.nothingIsOrphan();
        Answer again = NODE.send(SITE.issuer.martin(), Call.transaction(large.bundle()));
        assertThat(again.status()).isEqualTo(200);
        SITE.isWhole(NODE, large);
        FaultReport.tell(
                34,
                "%d lots of %d MB at once for a heap of 420 MB".formatted(CLIENTS, body.length >> 20),
                1,
                "OutOfMemoryError, on which the process ended (exit code 3)",
                "started again, what it had acknowledged is whole; the large lot is stored once; %d traces verify"
                        .formatted(SITE.tracesVerify()));
    }

    private static void sendOver(byte[] body) {
        Call call = Call.write("POST", "", "application/fhir+json", body);
        Optional<Answer> answer = NODE.trySend(SITE.issuer.martin(), call);
        while (answer.isPresent()) {
            answer = NODE.trySend(SITE.issuer.martin(), call);
        }
    }
}

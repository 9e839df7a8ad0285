package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.document.RegistryRebuild;
import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The server is killed while two hundred publish: what it acknowledged is whole, of the rest there is nothing. The one that is
 * killed has a JVM of its own; what comes after it runs in this one, which has most classes loaded.
 */
class KillIT {

    private static final int PUBLICATIONS = 200;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 12;
    private static final Call OF_ALICE = Call.get("DocumentReference?patient.identifier="
            + Call.escaped(Publication.ALICE.ins().token()));

    private final ChildServer server = new ChildServer("kill", List.of());
    private final List<AutoCloseable> open = new ArrayList<>();

    /** A lot on its way. */
    record Sent(Document document, Bundle lot, Optional<Answer> answer) {

        boolean isAcknowledged() {
            return answer.filter(a -> a.status() == 200).isPresent();
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable running : open) {
            running.close();
        }
        server.close();
    }

    @FaultTest(1)
    @Test
    void acknowledgedDocumentsSurviveTheKillAndNothingElseShows() throws Exception {
        List<Sent> sent = publishUntilKilled();
        List<Sent> acknowledged = sent.stream().filter(Sent::isAcknowledged).toList();
        assertThat(acknowledged).hasSizeBetween(ACKNOWLEDGED_BEFORE_THE_KILL, PUBLICATIONS - 1);
        registryOfTheStoppedSandboxEqualsItsResources();

        ConfigurableApplicationContext restarted =
                Carnet.application().run(server.settings().toArray(String[]::new));
        open.add(restarted);
        String alice = token("alice");
        int visible = server.sandbox().send(alice, OF_ALICE).total();
        for (Sent lot : acknowledged) {
            isWhole(alice, lot);
        }
        nothingIsOrphan();
        int committed = owner().queryForObject("select count(*) from carnet.submission", Integer.class);
        assertThat(visible).isEqualTo(committed);
        System.out.printf(
                "kill: %d acknowledged, %d not, of which %d were committed%n",
                acknowledged.size(), sent.size() - acknowledged.size(), committed - acknowledged.size());

        retry(sent, committed);
        assertThat(restarted.getBean(RegistryRebuild.class).drift((done, total) -> {}))
                .isEmpty();
        FaultReport.tell(
                1,
                "kill -9 of the server while " + PUBLICATIONS + " publish at once",
                sent.stream().filter(lot -> lot.answer().isEmpty()).count(),
                "publications without an answer",
                "%d acknowledged and whole, %d more were committed; each retry answered 200"
                        .formatted(acknowledged.size(), committed - acknowledged.size()));
    }

    private void isWhole(String reader, Sent lot) {
        Answer found = server.sandbox().send(reader, byUniqueId(lot.document()));
        assertThat(found.total()).isOne();
        String url = found.matches()
                .findFirst()
                .orElseThrow()
                .at("/content/0/attachment/url")
                .asText();
        assertThat(server.sandbox()
                        .send(reader, Call.get(url, "application/pdf"))
                        .body())
                .isEqualTo(lot.document().content());
    }

    private void nothingIsOrphan() {
        JdbcTemplate owner = owner();
        Orphans.none(owner);
        assertThat(owner.queryForObject("show fsync", String.class)).isEqualTo("on");
        assertThat(owner.queryForObject("show synchronous_commit", String.class))
                .isEqualTo("on");
    }

    private void registryOfTheStoppedSandboxEqualsItsResources() {
        List<String> line = new ArrayList<>(List.of("registry", "check"));
        line.addAll(server.settings());
        CommandLineRun check = CommandLineRun.of(line.toArray(String[]::new));
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("Le registre et les faits des dossiers sont égaux aux ressources.");
    }

    /** Those that were committed get their first answer again (R124), the others are stored now. */
    private void retry(List<Sent> sent, int committed) {
        String martin = token("dr-martin");
        String alice = token("alice");
        int known = 0;
        for (Sent lot : sent) {
            Answer answer = server.sandbox().send(martin, Call.transaction(lot.lot()));
            assertThat(answer.status()).isEqualTo(200);
            known += answer.isOfAnEarlierSending() ? 1 : 0;
            assertThat(answer.isOfAnEarlierSending() || !lot.isAcknowledged()).isTrue();
            isWhole(alice, lot);
        }
        assertThat(known).isEqualTo(committed);
        assertThat(owner().queryForObject("select count(*) from carnet.content", Integer.class))
                .isEqualTo(PUBLICATIONS);
        nothingIsOrphan();
    }

    private List<Sent> publishUntilKilled() throws Exception {
        server.start();
        String martin = token("dr-martin");
        ExecutorService crowd = Executors.newFixedThreadPool(PUBLICATIONS);
        try {
            var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
            List<Future<Sent>> results = new ArrayList<>();
            for (int i = 0; i < PUBLICATIONS; i++) {
                Document document = Publication.document(40_000);
                Bundle lot = Publication.of(List.of(document));
                results.add(crowd.submit(() -> publish(martin, document, lot, enough)));
            }
            assertThat(enough.await(60, TimeUnit.SECONDS))
                    .as(() -> "status: " + statuses(results))
                    .isTrue();
            server.kill();
            List<Sent> sent = new ArrayList<>();
            for (Future<Sent> result : results) {
                sent.add(result.get());
            }
            return sent;
        } finally {
            crowd.shutdownNow();
        }
    }

    private static Map<Integer, Long> statuses(List<Future<Sent>> results) {
        return results.stream()
                .filter(Future::isDone)
                .map(KillIT::done)
                .flatMap(sent -> sent.answer().stream())
                .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    }

    private static Sent done(Future<Sent> result) {
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Sent publish(String token, Document document, Bundle lot, CountDownLatch enough) {
        try {
            Answer answer = server.sandbox().send(token, Call.transaction(lot));
            if (answer.status() == 200) {
                enough.countDown();
            }
            return new Sent(document, lot, Optional.of(answer));
        } catch (UncheckedIOException e) {
            return new Sent(document, lot, Optional.empty());
        }
    }

    private String token(String actor) {
        return server.sandbox().token(actor, Map.of());
    }

    private static Call byUniqueId(Document document) {
        return Call.get(OF_ALICE.path() + "&identifier="
                + Call.escaped("urn:ietf:rfc:3986|" + document.id().urn()));
    }

    private JdbcTemplate owner() {
        return new JdbcTemplate(new DriverManagerDataSource(server.database(), "postgres", "postgres"));
    }
}

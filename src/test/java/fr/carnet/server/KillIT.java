package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxIssuer;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The server is killed while fifty publish: what it acknowledged is whole, of the rest there is nothing. The one that is
 * killed has a JVM of its own; what comes after it runs in this one, which has most classes loaded.
 */
class KillIT {

    private static final int PUBLICATIONS = 50;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Call OF_ALICE = Call.get("DocumentReference?patient.identifier="
            + Call.escaped(Publication.ALICE.ins().token()));
    private static final List<String> ORPHANS = List.of(
            "select count(*) from carnet.registry r where r.kind = 'D'"
                    + " and not exists (select from carnet.content c where c.id = r.content_id)",
            "select count(*) from carnet.content c"
                    + " where not exists (select from carnet.registry r where r.content_id = c.id)",
            "select count(*) from carnet.registry r"
                    + " where not exists (select from public.hfj_resource h where h.fhir_id = r.id)",
            "select count(*) from public.hfj_resource h where h.res_type in ('DocumentReference', 'List')"
                    + " and not exists (select from carnet.registry r where r.id = h.fhir_id)",
            "select count(*) from public.hfj_resource h"
                    + " where not exists (select from public.hfj_res_ver v where v.res_id = h.res_id)");

    private final Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "kill");
    private final int port = freePort();
    private final List<String> settings = List.of(
            "--spring.profiles.active=sandbox",
            "--server.port=" + port,
            "--carnet.sandbox.data-dir=" + home.resolve("data"));
    private final FhirClient client = new FhirClient(URI.create("http://localhost:" + port + "/fhir"));
    private final List<AutoCloseable> open = new ArrayList<>();

    KillIT() throws IOException {}

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
        if (Files.exists(postmaster())) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster()).get(0)))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    private Path postmaster() {
        return home.resolve("data/postgresql/postmaster.pid");
    }

    @Test
    void acknowledgedDocumentsSurviveTheKillAndNothingElseShows() throws Exception {
        List<Sent> sent = publishUntilKilled(killable());
        List<Sent> acknowledged = sent.stream().filter(Sent::isAcknowledged).toList();
        assertThat(acknowledged).hasSizeBetween(ACKNOWLEDGED_BEFORE_THE_KILL, PUBLICATIONS - 1);
        registryOfTheStoppedSandboxEqualsItsResources();

        ConfigurableApplicationContext restarted = Carnet.application().run(settings.toArray(String[]::new));
        open.add(restarted);
        String alice = token("alice");
        int visible = client.send(alice, OF_ALICE).total();
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
    }

    private void isWhole(String reader, Sent lot) throws IOException {
        Answer found = client.send(reader, byUniqueId(lot.document()));
        assertThat(found.total()).isOne();
        String url = found.matches()
                .findFirst()
                .orElseThrow()
                .at("/content/0/attachment/url")
                .asText();
        assertThat(client.send(reader, Call.get(url, "application/pdf")).body())
                .isEqualTo(lot.document().content());
    }

    private void nothingIsOrphan() throws IOException {
        JdbcTemplate owner = owner();
        assertThat(ORPHANS).allSatisfy(orphans -> assertThat(owner.queryForObject(orphans, Long.class))
                .as(orphans)
                .isZero());
        assertThat(owner.queryForObject("show fsync", String.class)).isEqualTo("on");
        assertThat(owner.queryForObject("show synchronous_commit", String.class))
                .isEqualTo("on");
    }

    private void registryOfTheStoppedSandboxEqualsItsResources() {
        List<String> line = new ArrayList<>(List.of("registry", "check"));
        line.addAll(settings);
        CommandLineRun check = CommandLineRun.of(line.toArray(String[]::new));
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("Le registre et les faits des dossiers sont égaux aux ressources.");
    }

    /** Those that were committed get their first answer again (R124), the others are stored now. */
    private void retry(List<Sent> sent, int committed) throws IOException {
        String martin = token("dr-martin");
        String alice = token("alice");
        int known = 0;
        for (Sent lot : sent) {
            Answer answer = client.send(martin, Call.transaction(lot.lot()));
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

    private List<Sent> publishUntilKilled(Process server) throws Exception {
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
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            server.destroyForcibly().waitFor();
            List<Sent> sent = new ArrayList<>();
            for (Future<Sent> result : results) {
                sent.add(result.get());
            }
            return sent;
        } finally {
            crowd.shutdownNow();
        }
    }

    private Sent publish(String token, Document document, Bundle lot, CountDownLatch enough) {
        try {
            Answer answer = client.send(token, Call.transaction(lot));
            if (answer.status() == 200) {
                enough.countDown();
            }
            return new Sent(document, lot, Optional.of(answer));
        } catch (IOException e) {
            return new Sent(document, lot, Optional.empty());
        }
    }

    /** A server that is ready, in a JVM of its own. */
    private Process killable() throws Exception {
        Path log = home.resolve("server.log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Carnet.class.getName()));
        line.addAll(settings);
        Process server = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        open.add(() -> server.destroyForcibly().waitFor());
        Instant latest = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            assertThat(server.isAlive()).as("see %s", log).isTrue();
            assertThat(Instant.now()).as("see %s", log).isBefore(latest);
            Thread.sleep(250);
        }
        return server;
    }

    /** Surefire may hide the class path in the manifest of a jar; it leaves the real one here. */
    private static String classPath() {
        return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    private boolean isReady() throws InterruptedException {
        var readiness = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(readiness, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String token(String actor) throws IOException {
        return new SandboxIssuer(client).token(actor, Map.of()).value();
    }

    private static Call byUniqueId(Document document) {
        return Call.get(OF_ALICE.path() + "&identifier="
                + Call.escaped("urn:ietf:rfc:3986|" + document.id().urn()));
    }

    /** The embedded PostgreSQL says in the fourth line of its file on which port it listens. */
    private JdbcTemplate owner() throws IOException {
        String postgres = Files.readAllLines(postmaster()).get(3).strip();
        return new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:postgresql://localhost:" + postgres + "/postgres", "postgres", "postgres"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

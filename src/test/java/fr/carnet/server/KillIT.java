package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The server is killed while fifty publish: what it acknowledged is whole, of the rest there is nothing. */
class KillIT {

    private static final int PUBLICATIONS = 50;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
    private final FhirClient client = new FhirClient(URI.create("http://localhost:" + port + "/fhir"));
    private Process server;

    KillIT() throws IOException {}

    /** A lot on its way. */
    record Sent(Document document, Bundle lot, Optional<Answer> answer) {

        boolean isAcknowledged() {
            return answer.filter(a -> a.status() == 200).isPresent();
        }
    }

    @AfterEach
    void stop() throws InterruptedException, IOException {
        server.destroy();
        server.waitFor(60, TimeUnit.SECONDS);
        server.destroyForcibly();
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
        start();
        List<Sent> sent = publishUntilKilled();
        List<Sent> acknowledged = sent.stream().filter(Sent::isAcknowledged).toList();
        assertThat(acknowledged).hasSizeBetween(ACKNOWLEDGED_BEFORE_THE_KILL, PUBLICATIONS - 1);

        start();
        String alice = token("alice");
        for (Sent lot : acknowledged) {
            Answer found = client.send(alice, byUniqueId(lot.document()));
            assertThat(found.total()).isOne();
            String url = found.matches()
                    .findFirst()
                    .orElseThrow()
                    .at("/content/0/attachment/url")
                    .asText();
            assertThat(client.send(alice, Call.get(url, "application/pdf")).body())
                    .isEqualTo(lot.document().content());
        }
        JdbcTemplate owner = owner();
        assertThat(ORPHANS).allSatisfy(orphans -> assertThat(owner.queryForObject(orphans, Long.class))
                .as(orphans)
                .isZero());
        assertThat(owner.queryForObject("show fsync", String.class)).isEqualTo("on");
        assertThat(owner.queryForObject("show synchronous_commit", String.class))
                .isEqualTo("on");
        int committedUnheard =
                owner.queryForObject("select count(*) from carnet.submission", Integer.class) - acknowledged.size();
        System.out.printf(
                "kill: %d acknowledged, %d not, of which %d were committed%n",
                acknowledged.size(), sent.size() - acknowledged.size(), committedUnheard);

        retry(sent);
        registryOfTheStoppedSandboxEqualsItsResources();
    }

    private void registryOfTheStoppedSandboxEqualsItsResources() throws Exception {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(registry("check")).isZero();
        assertThat(registry("rebuild")).isZero();
        assertThat(Files.readString(home.resolve("registry.log")))
                .contains("Le registre est égal aux ressources.", "Registre reconstruit : 100 lignes.");
    }

    private int registry(String command) throws IOException, InterruptedException {
        server = java("registry.log", "registry", command);
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return server.exitValue();
    }

    /** Those that were committed without an answer get it now (R124), the others are stored now. */
    private void retry(List<Sent> sent) throws IOException {
        String martin = token("dr-martin");
        String alice = token("alice");
        for (Sent lot : sent) {
            assertThat(client.send(martin, Call.transaction(lot.lot())).status())
                    .isEqualTo(200);
            assertThat(client.send(alice, byUniqueId(lot.document())).total()).isOne();
        }
        assertThat(owner().queryForObject("select count(*) from carnet.content", Integer.class))
                .isEqualTo(PUBLICATIONS);
    }

    private List<Sent> publishUntilKilled() throws Exception {
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

    private void start() throws Exception {
        Path log = home.resolve("server.log");
        server = java("server.log");
        Instant latest = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            assertThat(server.isAlive()).as("see %s", log).isTrue();
            assertThat(Instant.now()).as("see %s", log).isBefore(latest);
            Thread.sleep(250);
        }
    }

    /** The jar's entry point in a JVM of its own, on the same data. */
    private Process java(String log, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Carnet.class.getName()));
        line.addAll(List.of(command));
        line.addAll(List.of(
                "--spring.profiles.active=sandbox",
                "--server.port=" + port,
                "--carnet.sandbox.data-dir=" + home.resolve("data")));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve(log).toFile()))
                .start();
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
        return Call.get("DocumentReference?patient.identifier="
                + Call.escaped(Publication.ALICE.ins().token()) + "&identifier="
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

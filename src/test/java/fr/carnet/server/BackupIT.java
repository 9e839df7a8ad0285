package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.dmp.RecordRebuild;
import fr.carnet.document.ContentAudit;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.faults.FaultReport;
import fr.carnet.faults.FaultTest;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.Document;
import fr.carnet.server.cli.client.FhirClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Fault 36. A base backup is taken while people publish, the log is archived, server and PostgreSQL are killed, and what they
 * had is restored elsewhere: to the end of the log, to a point in time, and from the archive alone.
 */
class BackupIT {

    private static final int PUBLISHERS = 4;
    private static final int EACH_TIME = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Call OF_ALICE = Call.get("DocumentReference?patient.identifier="
            + Call.escaped(Publication.ALICE.ins().token()));

    private static final List<String> OF_A_RUNNING_ONE = List.of("postmaster.pid", "postmaster.opts", "epg-lock");

    @TempDir
    private Path folder;

    private final ChildServer server = new ChildServer("backup", List.of());
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<ChildServer> restored = new ArrayList<>();
    private Instant copied;
    private String recoveryPoint;

    /** A publication that was answered with 200. */
    record Acknowledged(Document document, Instant sent, Instant at) {}

    @AfterEach
    void stop() throws IOException {
        ended.set(true);
        server.close();
        for (ChildServer other : restored) {
            other.close();
        }
    }

    @FaultTest(36)
    @Test
    void whatWasAcknowledgedBeforeTheRecoveryPointIsWholeAndNothingElseShows() throws Exception {
        Path archive = archive();
        keepsLog(archive);
        server.start();
        ExecutorService crowd = Executors.newFixedThreadPool(PUBLISHERS);
        for (int i = 0; i < PUBLISHERS; i++) {
            crowd.execute(this::publishUntilTheEnd);
        }
        awaitMore();

        int before = acknowledged.size();
        Path base = baseBackup();
        assertThat(acknowledged.size()).as("published during the backup").isGreaterThan(before);
        System.out.printf("backup: %d acknowledged while it was taken%n", acknowledged.size() - before);
        awaitMore();
        Instant point = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        awaitMore();

        server.kill();
        server.killPostgres();
        Instant disaster = Instant.now();
        ended.set(true);
        crowd.shutdown();
        assertThat(crowd.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        List<Acknowledged> all = List.copyOf(acknowledged);
        Path log = server.data().resolve("postgresql/pg_wal");

        archiveAlone(restore("archive-alone", base, archive, List.of()), all, disaster);
        List<Path> rest = files(log);
        holds(restore("end-of-log", base, archive, rest), all, List.of());
        ChildServer atPoint = restore(
                "point-in-time",
                base,
                archive,
                rest,
                "recovery_target_time = '" + point.toString().replace("T", " ").replace("Z", "+00") + "'");
        holds(
                atPoint,
                all.stream().filter(one -> one.at().isBefore(point)).toList(),
                all.stream().filter(one -> one.sent().isAfter(point)).toList());
        FaultReport.tell(
                36,
                "kill -9 of server and PostgreSQL under load, restored elsewhere from a base backup taken under load",
                all.size(),
                "publications acknowledged before the disaster",
                "whole to the end of the log and to a point in time; from the archive alone " + recoveryPoint);
    }

    private Path archive() throws IOException {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxrwxrwx"));
        return archive.toAbsolutePath();
    }

    /** As the page on operations says; the sandbox finds its database with these settings. */
    private void keepsLog(Path archive) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(server.data().resolve("postgresql"))
                .setCleanDataDirectory(false)
                .start()) {
            JdbcTemplate sql = new JdbcTemplate(postgres.getPostgresDatabase());
            sql.execute("alter system set archive_mode = on");
            sql.execute(
                    "alter system set archive_command = 'test ! -f " + archive + "/%f && cp %p " + archive + "/%f'");
            sql.execute("alter system set archive_timeout = '5s'");
        }
    }

    private void publishUntilTheEnd() {
        String martin = server.sandbox().token("dr-martin", Map.of());
        var client = new FhirClient(URI.create(server.sandbox().root() + "/fhir"));
        while (!ended.get()) {
            Document document = Publication.document(20_000);
            Instant sent = Instant.now();
            try {
                Answer answer = client.send(martin, Call.transaction(Publication.of(List.of(document))));
                if (answer.status() == 200) {
                    acknowledged.add(new Acknowledged(document, sent, Instant.now()));
                }
            } catch (IOException e) {
                // of a server that is dead
                return;
            }
        }
    }

    private void awaitMore() throws InterruptedException {
        int enough = acknowledged.size() + EACH_TIME;
        Instant latest = Instant.now().plus(PATIENCE);
        while (acknowledged.size() < enough) {
            assertThat(Instant.now()).isBefore(latest);
            Thread.sleep(50);
        }
    }

    /** What {@code pg_basebackup} does, which the embedded PostgreSQL lacks. */
    private Path baseBackup() throws IOException, SQLException {
        Path base = folder.resolve("base");
        try (Connection session = DriverManager.getConnection(server.database(), "postgres", "postgres");
                Statement statement = session.createStatement()) {
            statement.execute("select pg_backup_start('carnet', true)");
            copyTree(server.data().resolve("postgresql"), base);
            copied = Instant.now();
            try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(true)")) {
                label.next();
                Files.writeString(base.resolve("backup_label"), label.getString(1));
            }
        }
        return base;
    }

    /** Files may vanish meanwhile: the log, which is not copied, has what was in them. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (from.endsWith("pg_wal")) {
            return;
        }
        for (Path path : files(from)) {
            String name = path.getFileName().toString();
            if (Files.isDirectory(path)) {
                copyTree(path, to.resolve(name));
            } else if (!OF_A_RUNNING_ONE.contains(name)) {
                copyFile(path, to.resolve(name));
            }
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            assertThat(from).doesNotExist();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A sandbox on a copy of the backup, recovered; its server is not started. */
    private ChildServer restore(String name, Path base, Path archive, List<Path> log, String... settings)
            throws Exception {
        ChildServer other = new ChildServer("restored-" + name, List.of());
        restored.add(other);
        Path data = other.data().resolve("postgresql");
        copyTree(base, data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        for (Path segment : log) {
            if (Files.isRegularFile(segment)) {
                copyFile(
                        segment,
                        data.resolve("pg_wal").resolve(segment.getFileName().toString()));
            }
        }
        List<String> lines = new ArrayList<>(List.of(
                "archive_mode = off",
                "restore_command = 'cp " + archive + "/%f %p'",
                "recovery_target_action = 'promote'"));
        lines.addAll(List.of(settings));
        Files.write(data.resolve("postgresql.auto.conf"), lines, StandardOpenOption.APPEND);
        Files.createFile(data.resolve("recovery.signal"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start()) {
            var sql = new JdbcTemplate(postgres.getPostgresDatabase());
            Instant latest = Instant.now().plus(PATIENCE);
            while (Boolean.TRUE.equals(sql.queryForObject("select pg_is_in_recovery()", Boolean.class))) {
                assertThat(Instant.now()).isBefore(latest);
                Thread.sleep(100);
            }
            System.out.printf(
                    "backup: %s restored, %d documents%n",
                    name, sql.queryForObject("select count(*) from carnet.content", Integer.class));
        }
        return other;
    }

    /** The disk of the database is lost, and with it what was not archived yet. */
    private void archiveAlone(ChildServer other, List<Acknowledged> all, Instant disaster) throws IOException {
        List<String> stored;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(other.data().resolve("postgresql"))
                .setCleanDataDirectory(false)
                .start()) {
            stored = new JdbcTemplate(postgres.getPostgresDatabase())
                    .queryForList("select unique_id from carnet.registry where kind = 'D'", String.class);
        }
        List<Acknowledged> kept =
                all.stream().filter(one -> isAmong(stored, one)).toList();
        List<Acknowledged> lost =
                all.stream().filter(one -> !isAmong(stored, one)).toList();
        assertThat(lost).as("the end of a backup waits for its log").noneMatch(one -> one.at()
                .isBefore(copied));
        Instant last =
                kept.stream().map(Acknowledged::sent).max(Instant::compareTo).orElseThrow();
        assertThat(lost).as("what is lost is the end").allSatisfy(one -> assertThat(one.at())
                .isAfterOrEqualTo(last));
        Instant first =
                lost.stream().map(Acknowledged::at).min(Instant::compareTo).orElse(disaster);
        recoveryPoint = "%d of %d are lost, the first acknowledged %d ms before the disaster (archive_timeout 5 s)"
                .formatted(
                        lost.size(),
                        all.size(),
                        Duration.between(first, disaster).toMillis());
        System.out.println("recovery point: from the archive alone " + recoveryPoint);
    }

    private static boolean isAmong(List<String> stored, Acknowledged one) {
        return stored.stream().anyMatch(id -> id.contains(one.document().id().oid()));
    }

    private void holds(ChildServer other, List<Acknowledged> whole, List<Acknowledged> absent) {
        try (ConfigurableApplicationContext served =
                Carnet.application().run(other.settings().toArray(String[]::new))) {
            String alice = other.sandbox().token("alice", Map.of());
            assertThat(whole).isNotEmpty().allSatisfy(one -> isWhole(other, alice, one.document()));
            assertThat(absent).allSatisfy(one -> assertThat(
                            found(other, alice, one.document()).total())
                    .isZero());
            List<ContentAudit.Difference> differences = new ArrayList<>();
            assertThat(served.getBean(ContentAudit.class).verify(done -> {}, differences::add))
                    .isGreaterThanOrEqualTo(whole.size());
            assertThat(differences).isEmpty();
            assertThat(served.getBean(RegistryRebuild.class).drift((done, total) -> {}))
                    .isEmpty();
            assertThat(served.getBean(RecordRebuild.class).drift((done, total) -> {}))
                    .isEmpty();
            var sql = new JdbcTemplate(new DriverManagerDataSource(other.database(), "postgres", "postgres"));
            Orphans.none(sql);
            CommandLineRun traces = CommandLineRun.of(
                    "trace", "verify", "--sandbox", other.data().toString());
            assertThat(traces.code()).as(traces.out() + traces.err()).isZero();
        }
    }

    private static Answer found(ChildServer other, String reader, Document document) {
        return other.sandbox()
                .send(
                        reader,
                        Call.get(OF_ALICE.path() + "&identifier="
                                + Call.escaped(
                                        "urn:ietf:rfc:3986|" + document.id().urn())));
    }

    private static void isWhole(ChildServer other, String reader, Document document) {
        Answer found = found(other, reader, document);
        assertThat(found.total()).isOne();
        String url = found.matches()
                .findFirst()
                .orElseThrow()
                .at("/content/0/attachment/url")
                .asText();
        assertThat(other.sandbox()
                        .send(reader, Call.get(url, "application/pdf"))
                        .body())
                .isEqualTo(document.content());
    }
}

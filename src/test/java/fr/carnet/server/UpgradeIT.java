package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.schema.UnfitSchema;
import fr.carnet.shared.Digest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What an earlier version stored is served by this one, after a migration. The dumps are those of a sandbox with its cast, the
 * documents of its tour and five more: {@code pg_dump --no-owner --inserts}, without psql's own lines.
 */
class UpgradeIT {

    private static final Path RELEASES = Path.of("src", "test", "resources", "releases");
    private static final String RELEASE = "before-text-search";

    @TempDir
    private Path folder;

    private final ChildServer server = new ChildServer("upgrade", List.of());

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void documentsOfTheReleaseBeforeAreFoundAndReadByteForByte() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(server.data().resolve("postgresql"))
                .setCleanDataDirectory(false)
                .start()) {
            restore(new JdbcTemplate(postgres.getPostgresDatabase()));
            migrate(settings(postgres.getPort()));
        }
        try (ConfigurableApplicationContext served =
                Carnet.application().run(server.settings().toArray(String[]::new))) {
            assertThat(served.isActive()).isTrue();
            documents().forEach(this::isReadAsItWasStored);
        }
    }

    private static void restore(JdbcTemplate database) throws IOException {
        database.execute("create role carnet_app nologin; create role carnet_serving login password 'carnet_serving'");
        try (InputStream dump = new GZIPInputStream(Files.newInputStream(RELEASES.resolve(RELEASE + ".sql.gz")))) {
            String sql = new String(dump.readAllBytes(), StandardCharsets.UTF_8);
            database.execute(sql);
        }
    }

    private void migrate(List<String> settings) {
        CommandLineRun before = run(settings, "migrate", "--check");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out()).contains("plus anciennes que ce programme", "carnet:text-index");
        assertThatThrownBy(() -> Carnet.application()
                        .run(ProductionDatabase.plus(settings, "--server.port=0")
                                .toArray(String[]::new)))
                .hasRootCauseInstanceOf(UnfitSchema.class);

        CommandLineRun applied = run(settings, "migrate", "--apply");
        assertThat(applied.err()).isEmpty();
        assertThat(applied.code()).isZero();
        assertThat(run(settings, "migrate", "--check").code()).isZero();

        CommandLineRun registry = run(settings, "registry", "check");
        assertThat(registry.code()).as(registry.out()).isZero();
        CommandLineRun contents = run(settings, "content", "verify");
        assertThat(contents.code()).as(contents.out()).isZero();
        assertThat(contents.out()).contains("8 contenus lus");
        CommandLineRun traces = run(
                List.of(
                        settings.get(0).replace("--carnet.database.", "--"),
                        settings.get(1).replace("--carnet.database.username", "--user")),
                "trace",
                "verify");
        assertThat(traces.code()).as(traces.out()).isZero();
        assertThat(traces.out()).contains("Les traces sont intactes.").doesNotContain("\n0 traces");
    }

    private static Map<String, String> documents() throws IOException {
        Map<String, String> documents = new TreeMap<>();
        for (String line : Files.readAllLines(RELEASES.resolve(RELEASE + ".tsv"))) {
            if (!line.startsWith("#")) {
                int tab = line.indexOf('\t');
                documents.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        assertThat(documents).hasSize(5);
        return documents;
    }

    private void isReadAsItWasStored(String id, String digest) {
        String alice = server.sandbox().token("alice", Map.of());
        Answer found = server.sandbox()
                .send(
                        alice,
                        Call.get("DocumentReference?patient.identifier="
                                + Call.escaped(Publication.ALICE.ins().token()) + "&identifier="
                                + Call.escaped("urn:ietf:rfc:3986|" + id)));
        assertThat(found.total()).isOne();
        String url = found.matches()
                .findFirst()
                .orElseThrow()
                .at("/content/0/attachment/url")
                .asText();
        byte[] read =
                server.sandbox().send(alice, Call.get(url, "application/pdf")).body();
        assertThat(Digest.SHA_256.hex(read)).isEqualTo(digest);
    }

    private List<String> settings(int port) {
        List<String> settings = new ArrayList<>(List.of(
                "--carnet.database.url=jdbc:postgresql://localhost:" + port + "/postgres",
                "--carnet.database.username=carnet_serving",
                "--carnet.database.password=carnet_serving",
                "--carnet.database.owner-username=postgres",
                "--carnet.database.owner-password=postgres"));
        settings.addAll(ProductionDatabase.server(folder));
        return settings;
    }

    private static CommandLineRun run(List<String> settings, String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(settings);
        return CommandLineRun.of(line.toArray(String[]::new));
    }
}

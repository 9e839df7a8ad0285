package fr.carnet.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL of its own, as durable as in production, that tests freeze and shoot down. */
final class Engine implements AutoCloseable {

    static final String SERVING = "carnet_serving";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private EmbeddedPostgres postgres;

    /** @param folder where its data are put */
    Engine(Path folder) {
        data = folder.resolve("postgresql").toAbsolutePath();
        start(0);
        owner().execute("create role " + SERVING + " login password '" + SERVING + "'");
    }

    private void start(int port) {
        try {
            EmbeddedPostgres.Builder wanted = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(PATIENCE);
            postgres = (port == 0 ? wanted : wanted.setPort(port)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** JDBC URL by this port: its own, or that of something in between. */
    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** As the superuser, past whatever the server has in between. */
    JdbcTemplate owner() {
        return new JdbcTemplate(new DriverManagerDataSource(url(port()), "postgres", "postgres"));
    }

    long count(String table) {
        return owner().queryForObject("select count(*) from " + table, Long.class);
    }

    /** Main process. */
    long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> processes() {
        ProcessHandle main = ProcessHandle.of(pid()).orElseThrow();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(main), main.descendants())
                .toList();
    }

    /** Stops every one of its processes where it stands; how many. */
    int freeze() {
        List<ProcessHandle> all = processes();
        all.forEach(process -> signal("STOP", process.pid()));
        return all.size();
    }

    /** Lets them go on. */
    void thaw() {
        processes().forEach(process -> signal("CONT", process.pid()));
    }

    /** As {@code pg_ctl restart -m immediate}: no goodbye, and recovery at the start. */
    void restart() throws Exception {
        int port = port();
        ProcessHandle main = ProcessHandle.of(pid()).orElseThrow();
        signal("QUIT", main.pid());
        main.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        // releases its lock of the folder
        postgres.close();
        start(port);
    }

    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

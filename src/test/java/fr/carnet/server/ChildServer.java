package fr.carnet.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A sandbox in a JVM of its own, from the classes under test, with settings and an embedded PostgreSQL of its own. */
public final class ChildServer implements AutoCloseable {

    private final Path home;
    private final List<String> settings;
    private final Sandbox sandbox;
    private final ServerProcess server;

    /**
     * Chooses home and port, starts nothing.
     *
     * @param name of its directory under {@code target/it}
     * @param more settings of the command line, e.g. {@code --carnet.policy.role-based-access=true}
     */
    public ChildServer(String name, List<String> more) {
        try {
            home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int port = freePort();
        int managementPort = freePort();
        List<String> all = new ArrayList<>(List.of(
                "--spring.profiles.active=sandbox",
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--carnet.sandbox.tls-port=" + freePort(),
                "--carnet.sandbox.data-dir=" + home.resolve("data")));
        all.addAll(more);
        settings = List.copyOf(all);
        sandbox = new Sandbox(port, managementPort);
        server = new ServerProcess(home.resolve("server.log"), sandbox.root(), sandbox.management(), settings);
    }

    /** All settings, for another start on the same data. */
    public List<String> settings() {
        return settings;
    }

    /** How to reach it. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Starts it, and waits until it is ready. */
    public void start() {
        start(List.of());
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param overlays folders whose files stand in place of those of the program
     */
    public void start(List<Path> overlays) {
        server.start(overlays, List.of("-Xmx700m"));
        server.awaitReady();
    }

    /** Kills it; its PostgreSQL lives on. */
    public void kill() {
        server.kill();
    }

    /** Kills its PostgreSQL, too. */
    void killPostgres() throws IOException {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster()).get(0)))
                .orElseThrow()
                .destroyForcibly();
    }

    /** Folder of its data. */
    public Path data() {
        return home.resolve("data");
    }

    /** JDBC URL of its database: the embedded PostgreSQL says in the fourth line of its file on which port it listens. */
    public String database() {
        try {
            return "jdbc:postgresql://localhost:"
                    + Files.readAllLines(postmaster()).get(3).strip() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and its PostgreSQL if that outlived it. */
    @Override
    public void close() throws IOException {
        server.close();
        if (Files.exists(postmaster())) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster()).get(0)))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    private Path postmaster() {
        return home.resolve("data/postgresql/postmaster.pid");
    }

    static int freePort() {
        return ServerProcess.freePort();
    }
}

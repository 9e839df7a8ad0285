package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sandbox in a JVM of its own, from the classes under test, with settings and an embedded PostgreSQL of its own. */
public final class ChildServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path home;
    private final List<String> settings;
    private final Sandbox sandbox;
    private Optional<Process> process = Optional.empty();

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
        Path log = home.resolve("server.log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Stream.concat(overlays.stream().map(Path::toString), Stream.of(classPath()))
                        .collect(Collectors.joining(File.pathSeparator)),
                Carnet.class.getName()));
        line.addAll(settings);
        try {
            Process server = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process = Optional.of(server);
            Instant latest = Instant.now().plus(PATIENCE);
            while (!sandbox.isReady()) {
                assertThat(server.isAlive()).as("see %s", log).isTrue();
                assertThat(Instant.now()).as("see %s", log).isBefore(latest);
                Thread.sleep(250);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills it; its PostgreSQL lives on. */
    public void kill() {
        process.orElseThrow().destroyForcibly().onExit().join();
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
        process.ifPresent(ChildServer::end);
        if (Files.exists(postmaster())) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster()).get(0)))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    private static void end(Process server) {
        server.destroy();
        server.onExit()
                .completeOnTimeout(server, 20, TimeUnit.SECONDS)
                .thenApply(Process::destroyForcibly)
                .thenCompose(Process::onExit)
                .join();
    }

    private Path postmaster() {
        return home.resolve("data/postgresql/postmaster.pid");
    }

    /** Surefire may hide the class path in the manifest of a jar; it leaves the real one here. */
    static String classPath() {
        return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

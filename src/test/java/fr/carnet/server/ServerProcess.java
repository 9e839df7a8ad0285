package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a JVM of its own, from the classes under test. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path log;
    private final URI root;
    private final URI management;
    private final List<String> settings;
    private Optional<Process> process = Optional.empty();

    /**
     * Not yet started.
     *
     * @param log where it writes
     * @param root where it will be reached
     * @param management where its health will be asked for
     * @param settings of the command line
     */
    public ServerProcess(Path log, URI root, URI management, List<String> settings) {
        this.log = log;
        this.root = root;
        this.management = management;
        this.settings = List.copyOf(settings);
    }

    /** Where it is reached. */
    public URI root() {
        return root;
    }

    /** Where it writes. */
    public Path log() {
        return log;
    }

    /** Settings of the command line. */
    public List<String> settings() {
        return settings;
    }

    /**
     * Starts it, and does not wait.
     *
     * @param overlays folders whose files stand in place of those of the program
     * @param jvm options of the machine
     */
    public void start(List<Path> overlays, List<String> jvm) {
        String classes = Stream.concat(overlays.stream().map(Path::toString), Stream.of(classPath()))
                .collect(Collectors.joining(File.pathSeparator));
        start(List.of("-cp", classes, Carnet.class.getName()), jvm, Map.of());
    }

    /**
     * Starts it, and does not wait.
     *
     * @param program what the machine runs, e.g. {@code -jar}, a jar and a command
     * @param jvm options of the machine
     * @param environment further variables
     */
    public void start(List<String> program, List<String> jvm, Map<String, String> environment) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(jvm);
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(program);
        line.addAll(settings);
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        Instant latest = Instant.now().plus(PATIENCE);
        while (readiness() != 200) {
            assertThat(process.orElseThrow().isAlive()).as("see %s", log).isTrue();
            assertThat(Instant.now()).as("see %s", log).isBefore(latest);
            try {
                Thread.sleep(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** What its readiness probe answers: 200 when it takes requests; 0 when nobody answers. */
    public int readiness() {
        try {
            URI probe = URI.create(management + "/actuator/health/readiness");
            return HTTP.send(
                            HttpRequest.newBuilder(probe)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process that runs, or ran last. */
    public Process process() {
        return process.orElseThrow();
    }

    /** Kills it, and waits until it is gone. */
    public void kill() {
        process.orElseThrow().destroyForcibly().onExit().join();
    }

    /** Ends it, by force if it does not go. */
    @Override
    public void close() {
        process.ifPresent(server -> {
            server.destroy();
            server.onExit()
                    .completeOnTimeout(server, 20, TimeUnit.SECONDS)
                    .thenApply(Process::destroyForcibly)
                    .thenCompose(Process::onExit)
                    .join();
        });
    }

    /** Surefire may hide the class path in the manifest of a jar; it leaves the real one here. */
    public static String classPath() {
        return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package fr.carnet.server;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real server of the integration tests: the sandbox on a free port with a fresh embedded PostgreSQL, started once for
 * all test classes of a JVM.
 */
public final class RunningServer {

    private static final RunningServer SERVER = new RunningServer();

    private final ConfigurableApplicationContext context;
    private final URI root;
    private final FhirClient client;

    private RunningServer() {
        try {
            int port = freePort();
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "data");
            root = URI.create("http://localhost:" + port);
            context = new SpringApplication(Carnet.class)
                    .run(
                            "--spring.profiles.active=sandbox",
                            "--server.port=" + port,
                            "--carnet.sandbox.data-dir=" + data);
            client = new FhirClient(URI.create(root + "/fhir"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one server. */
    public static RunningServer get() {
        return SERVER;
    }

    /** {@code http://localhost:port}. */
    public URI root() {
        return root;
    }

    /** A bean of the running server. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Every bean of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Token of an actor of the cast; pairs of further form fields, e.g. {@code "patient", ins}. */
    public String token(String actor, Map<String, String> fields) {
        try {
            return new SandboxIssuer(client).token(actor, fields).value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Token of an actor of the cast. */
    public String token(String actor) {
        return token(actor, Map.of());
    }

    /** Sends a call. */
    public Answer send(String token, Call call) {
        try {
            return client.send(token, call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

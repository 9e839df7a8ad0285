package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;

/** The image, built as the page on containers says and run as the compose file says, on the network of its database. */
final class ImageProgram implements Program {

    private static final String IMAGE = "carnet:under-test";
    private static final int PORT = 8443;
    private static final int MANAGEMENT_PORT = 8081;

    private final Trial trial;
    private final ComposeFile compose;
    private final Network network;
    private final ComposedContainer server;

    ImageProgram(Trial trial, ComposeFile compose, Network network) {
        assumeTrue(Jar.isMade(), Jar.FILE + " is absent, or of other classes: its image is not tested here");
        this.trial = trial;
        this.compose = compose;
        this.network = network;
        // by the command: what Testcontainers builds with does not know all that the Dockerfile says
        Ended built = Ended.of(
                Map.of(
                        "DOCKER_HOST",
                        DockerClientFactory.instance()
                                .getTransportConfig()
                                .getDockerHost()
                                .toString()),
                List.of("docker", "build", "--quiet", "--tag", IMAGE, "."));
        assertThat(built.code()).as(built.told()).isZero();
        server = ComposedContainer.running(compose.service("node-1").withoutSearch(), IMAGE, network)
                .withEnv(OF_TESTS)
                .withExposedPorts(PORT, MANAGEMENT_PORT);
    }

    @Override
    public Ended run(String name, String... command) {
        ComposeService service = compose.service(name).withoutSearch();
        try (ComposedContainer container = ComposedContainer.ending(service, IMAGE, network)) {
            container.withCommand(service.command(command)).withEnv(OF_TESTS).start();
            return new Ended(container.exitCode(), container.getLogs());
        }
    }

    @Override
    public URI serve() {
        server.start();
        return URI.create("https://localhost:" + server.getMappedPort(PORT));
    }

    @Override
    public URI management() {
        return URI.create("http://localhost:" + server.getMappedPort(MANAGEMENT_PORT));
    }

    @Override
    public Ended health() {
        return inside("java", "-Xmx64m", "-jar", "carnet.jar", "health");
    }

    /** A command in the container of the server. */
    Ended inside(String... command) {
        try {
            ExecResult result = server.execInContainer(command);
            return new Ended(result.getExitCode(), result.getStdout() + result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Leaves what it told where the whole run of the tests reads it. */
    @Override
    public void close() {
        if (server.isCreated()) {
            try {
                Files.writeString(trial.home().resolve("server.log"), server.getLogs());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        server.stop();
    }
}

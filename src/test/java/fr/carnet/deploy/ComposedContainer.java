package fr.carnet.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.DockerStatus;

/**
 * A container as the compose file wants it: its rights, mounts, settings and health. It differs in two things: it is on a
 * network of the test that lets ports out, and it may use all processors.
 */
final class ComposedContainer extends GenericContainer<ComposedContainer> {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ComposeService service;

    private ComposedContainer(ComposeService service, String image, Network network) {
        super(DockerImageName.parse(image));
        this.service = service;
        withNetwork(network);
        withNetworkAliases(service.name());
        withEnv(service.environment());
        withCommand(service.command());
        withCreateContainerCmdModifier(this::compose);
    }

    /** Not yet started; starting waits until it is well. */
    static ComposedContainer running(ComposeService service, String image, Network network) {
        return new ComposedContainer(service, image, network)
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
    }

    /** Not yet started; starting waits until it has ended, well or not. */
    static ComposedContainer ending(ComposeService service, String image, Network network) {
        return new ComposedContainer(service, image, network)
                .withStartupCheckStrategy(new Ended().withTimeout(PATIENCE));
    }

    /** As it ended. */
    int exitCode() {
        return Objects.requireNonNull(getCurrentContainerInfo().getState().getExitCodeLong())
                .intValue();
    }

    private void compose(CreateContainerCmd command) {
        command.withUser(service.text("user")).withHostConfig(rights(command.getHostConfig()));
        List<String> entrypoint = service.texts("entrypoint");
        if (!entrypoint.isEmpty()) {
            command.withEntrypoint(entrypoint);
        }
        command.withVolumes(service.volumes().stream().map(Volume::new).toList());
        JsonNode asked = service.healthcheck();
        if (asked.has("test")) {
            command.withHealthcheck(new HealthCheck()
                    .withTest(ComposeService.each(asked.get("test"))
                            .map(JsonNode::asText)
                            .toList())
                    .withInterval(nanos(asked.get("interval")))
                    .withTimeout(nanos(asked.get("timeout")))
                    .withRetries(asked.get("retries").asInt()));
        }
    }

    private HostConfig rights(HostConfig config) {
        config.withReadonlyRootfs(service.isReadOnly())
                .withCapDrop(service.texts("cap_drop").stream()
                        .map(Capability::valueOf)
                        .toArray(Capability[]::new))
                .withSecurityOpts(service.texts("security_opt"))
                .withTmpFs(service.tmpfs())
                .withMemory(bytes(service.limits().get("memory").asText()))
                .withPidsLimit(service.limits().get("pids").asLong())
                .withBinds(service.mounts().stream()
                        .map(mount -> new Bind(
                                mount.from().toString(),
                                new Volume(mount.to()),
                                mount.readOnly() ? AccessMode.ro : AccessMode.rw))
                        .toList());
        if (!service.text("shm_size").isEmpty()) {
            config.withShmSize(bytes(service.text("shm_size")));
        }
        return config;
    }

    private static long bytes(String size) {
        return DataSize.parse(size.toUpperCase(Locale.ROOT) + "B").toBytes();
    }

    private static long nanos(JsonNode duration) {
        return DurationStyle.detectAndParse(duration.asText()).toNanos();
    }

    private static final class Ended extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient engine, String container) {
            return DockerStatus.isContainerStopped(getCurrentState(engine, container))
                    ? StartupStatus.SUCCESSFUL
                    : StartupStatus.NOT_YET_KNOWN;
        }
    }
}

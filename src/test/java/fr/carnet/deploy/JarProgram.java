package fr.carnet.deploy;

import fr.carnet.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jar in processes of this machine: a service has the settings that it has in a container, at other addresses. */
final class JarProgram implements Program {

    private static final String NODE = "node-1";
    private static final List<String> MACHINE = List.of("-Xmx700m");

    private final Trial trial;
    private final ComposeFile compose;
    private final int databasePort;
    private final int port = ServerProcess.freePort();
    private final int managementPort = ServerProcess.freePort();
    private final List<String> program = Jar.program();
    private Optional<ServerProcess> server = Optional.empty();

    JarProgram(Trial trial, ComposeFile compose, int databasePort) {
        this.trial = trial;
        this.compose = compose;
        this.databasePort = databasePort;
    }

    private ComposeService service(String name) {
        return compose.service(name).withoutSearch();
    }

    private List<String> line(String... command) {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of(command));
        return line;
    }

    /** Those of the compose file, with the paths and ports of this machine. */
    private Map<String, String> environment(ComposeService service) {
        Map<String, String> here = new LinkedHashMap<>(OF_TESTS);
        String secrets = secrets(service) + "/";
        service.environment()
                .forEach((name, value) -> here.put(
                        name,
                        value.replace("/run/secrets/", secrets)
                                .replace("//db:5432/", "//localhost:" + databasePort + "/")
                                .replaceFirst("^/roots$", trial.roots().toString())));
        here.computeIfPresent("SERVER_PORT", (name, value) -> Integer.toString(port));
        here.computeIfPresent("MANAGEMENT_SERVER_PORT", (name, value) -> Integer.toString(managementPort));
        return here;
    }

    /** A folder with those that this service has, and no other. */
    private Path secrets(ComposeService service) {
        try {
            Path folder = Files.createDirectories(trial.home().resolve("secrets-of-" + service.name()));
            for (ComposeService.Mount mount : service.mounts()) {
                Path file = folder.resolve(Path.of(mount.to()).getFileName());
                if (mount.to().startsWith("/run/secrets/") && !Files.exists(file)) {
                    Files.copy(mount.from(), file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Ended run(String name, String... command) {
        ComposeService service = service(name);
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        line.addAll(line(service.command(command)));
        return Ended.of(environment(service), line);
    }

    @Override
    public URI serve() {
        URI door = URI.create("https://localhost:" + port);
        var process = new ServerProcess(trial.home().resolve("server.log"), door, management(), List.of());
        server = Optional.of(process);
        process.start(line("serve"), MACHINE, environment(service(NODE)));
        process.awaitReady();
        return door;
    }

    @Override
    public URI management() {
        return URI.create("http://localhost:" + managementPort);
    }

    @Override
    public Ended health() {
        return run(NODE, "health");
    }

    @Override
    public void close() {
        server.ifPresent(ServerProcess::close);
    }
}

package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Holds the whole run of the integration tests to this: neither logs nor metrics nor spans told anybody's matricule, name,
 * token or text. Found by JUnit for every test; begins with the first test class whose name ends in {@code IT}, and fails the
 * run after the last.
 */
public final class WholeRun implements BeforeAllCallback {

    /** The server of this JVM, if any test has started it. */
    private static final AtomicReference<RunningServer> SERVER = new AtomicReference<>();

    static void hasStarted(RunningServer server) {
        SERVER.set(server);
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        if (test.getRequiredTestClass().getName().endsWith("IT")) {
            test.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Watch.class, type -> new Watch(), Watch.class);
        }
    }

    private static final class Watch implements CloseableResource {

        private static final Path FOLDER = Path.of("target", "it");

        private final Instant begun = Instant.now();
        private final Discretion discretion = new Discretion();

        Watch() {
            discretion.listen();
        }

        @Override
        public void close() throws IOException {
            Optional.ofNullable(SERVER.get()).ifPresent(this::ask);
            for (Path log : logs()) {
                for (String line :
                        Files.readString(log, StandardCharsets.UTF_8).lines().toList()) {
                    discretion.heard(log.toString(), line);
                }
            }
            List<String> leaks = discretion.leaks();
            Files.write(Path.of("target", "told.txt"), leaks);
            assertThat(leaks)
                    .as("told by logs, metrics or spans of this run: see target/told.txt")
                    .isEmpty();
        }

        private void ask(RunningServer server) {
            server.bean(MeterRegistry.class)
                    .getMeters()
                    .forEach(meter -> discretion.heard("metrics", meter.getId().toString()));
            server.bean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
            server.spans().whole().forEach(bytes -> discretion.heard("spans", bytes));
        }

        /** Of servers in a JVM of their own. */
        private List<Path> logs() throws IOException {
            if (!Files.isDirectory(FOLDER)) {
                return List.of();
            }
            try (Stream<Path> files = Files.find(
                    FOLDER,
                    2,
                    (path, is) -> path.endsWith("server.log")
                            && is.lastModifiedTime().toInstant().isAfter(begun),
                    new FileVisitOption[0])) {
                return files.toList();
            }
        }
    }
}

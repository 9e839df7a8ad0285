package fr.carnet.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param code exit code; -1 if this machine has no such command
 * @param told on both outputs
 */
record Ended(int code, String told) {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /**
     * Runs a command to its end.
     *
     * @param environment further variables
     */
    static Ended of(Map<String, String> environment, List<String> command) {
        try {
            Path told = Files.createTempFile("told", ".txt");
            try {
                var builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(told.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command.get(0) + " does not end");
                }
                return new Ended(process.exitValue(), Files.readString(told, StandardCharsets.UTF_8));
            } finally {
                Files.delete(told);
            }
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

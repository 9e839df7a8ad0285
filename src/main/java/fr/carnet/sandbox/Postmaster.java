package fr.carnet.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main process of the embedded PostgreSQL. It outlives a server that was killed: the next one stops it before it opens
 * the same data.
 *
 * @param data its data directory
 */
record Postmaster(Path data) {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** Held by the server that owns the data, as long as it lives; named by the library. */
    private static final String LOCK = "epg-lock";

    /**
     * Stops what a killed server left behind; without one, does nothing.
     *
     * @param patience how long it may take to shut down
     * @throws IOException if a living server uses the data, or PostgreSQL does not stop
     */
    void stopOrphan(Duration patience) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try (FileChannel channel =
                        FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException("another server uses " + data);
            }
            Optional<ProcessHandle> orphan = process(pidFile);
            if (orphan.isPresent()) {
                LOG.warn("stopping the PostgreSQL of a server that was killed");
                stop(orphan.get(), patience);
            } else {
                // the number may meanwhile be another program's, which PostgreSQL would take for itself
                Files.deleteIfExists(pidFile);
            }
        }
    }

    private Optional<ProcessHandle> process(Path pidFile) throws IOException {
        String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        return first.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(first)).filter(this::isOurs)
                : Optional.empty();
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    /** SIGTERM lets running statements end; nobody waits for their results any more. */
    private static void stop(ProcessHandle process, Duration patience) throws IOException {
        process.destroy();
        try {
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL stops", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the PostgreSQL of a killed server does not stop, process " + process.pid(), e);
        }
    }
}

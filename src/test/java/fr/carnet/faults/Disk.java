package fr.carnet.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small disk of memory.
 *
 * @param folder where it is mounted
 */
record Disk(Path folder) implements AutoCloseable {

    /** Mounted; empty where that is not allowed. */
    static Optional<Disk> mounted(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
            if (!ran("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())) {
                return Optional.empty();
            }
            Files.createDirectories(folder.resolve("space"));
            return Optional.of(new Disk(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ran(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** To the last byte. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[65_536];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // full
        }
    }

    /** As before. */
    void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            ran("umount", "-l", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

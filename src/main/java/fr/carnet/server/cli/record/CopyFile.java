package fr.carnet.server.cli.record;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file, for its owner's eyes only where the file system can say so; it is whole, or is not there. */
record CopyFile(Path path) {

    /** What goes into it. */
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes it.
     *
     * @throws UncheckedIOException if there is such a file, or it cannot be written
     */
    void fill(Source source) {
        try {
            create();
            boolean whole = false;
            try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
                source.writeTo(out);
                whole = true;
            } finally {
                if (!whole) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }
}

package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The folder, outside the database, where the roots are kept: one file for each, named by its number.
 *
 * @param folder where; made when the first root is written
 */
record RootFolder(Path folder) {

    private static final String SUFFIX = ".root";

    private static String name(long number) {
        return "%08d%s".formatted(number, SUFFIX);
    }

    /** The files in the order of their numbers. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{8,}\\.root"))
                    .sorted()
                    .toList();
        }
    }

    /** Number of the last root; 0 without any. */
    long last() throws IOException {
        List<Path> files = files();
        return files.isEmpty() ? 0 : number(files.get(files.size() - 1));
    }

    static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** True if the folder's root of this number is this one. */
    boolean has(Root root) throws IOException {
        Path file = folder.resolve(name(root.number()));
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(("root " + root.hash().hex())::equals);
        }
    }

    /**
     * Writes a root, durable on return and whole or not at all.
     *
     * @param heads shows each of its heads
     */
    void write(Root root, java.util.function.Consumer<BiConsumer<String, Head>> heads) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "root", ".part");
        try (BufferedWriter text = Files.newBufferedWriter(part)) {
            text.write(root.opening());
            heads.accept((chain, head) -> append(text, Root.line(chain, head)));
            text.write(root.closing());
        }
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(part, folder.resolve(name(root.number())), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void append(BufferedWriter text, String line) {
        try {
            text.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

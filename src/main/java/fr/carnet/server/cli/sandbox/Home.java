package fr.carnet.server.cli.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The folder of a sandbox. It bears a mark: only a folder that a sandbox has made is ever erased. */
record Home(Path folder) {

    private static final String MARK = ".carnet-sandbox";

    /** What the server writes there as long as it runs. */
    Path log() {
        return folder.resolve("server.log");
    }

    /** What it keeps. */
    Path data() {
        return folder.resolve("data");
    }

    /**
     * Makes it, or takes it as it is; the log is that of one run.
     *
     * @param fresh erases what it holds
     * @throws Unfit if it is a folder of somebody else's
     * @throws IOException if it cannot be written
     */
    void prepare(boolean fresh) throws Unfit, IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Unfit("sandbox.no-directory", folder);
        }
        if (fresh && Files.isDirectory(folder)) {
            requireOwn("sandbox.not-erased");
            FileSystemUtils.deleteRecursively(folder);
        }
        Files.createDirectories(folder);
        requireOwn("sandbox.foreign");
        if (!Files.exists(mark())) {
            Files.createFile(mark());
        }
        Files.deleteIfExists(log());
    }

    /** The last lines of the log. */
    List<String> endOfLog(int lines) throws IOException {
        if (!Files.exists(log())) {
            return List.of();
        }
        List<String> all = Files.readAllLines(log());
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private void requireOwn(String otherwise) throws Unfit, IOException {
        if (!Files.exists(mark()) && !isEmpty()) {
            throw new Unfit(otherwise, folder);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Path mark() {
        return folder.resolve(MARK);
    }
}

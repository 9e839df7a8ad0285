package fr.carnet.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The reference material beside the project; tests that need it are skipped where it is absent. */
final class SharedReference {

    private static final Path ROOT = Path.of("..", "shared");

    private SharedReference() {}

    static List<Path> files(String folder) {
        Assumptions.assumeTrue(Files.exists(ROOT.resolve("README.md")), "no reference material");
        try (Stream<Path> files = Files.list(ROOT.resolve("realdata").resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

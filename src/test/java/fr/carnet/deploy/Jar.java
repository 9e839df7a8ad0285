package fr.carnet.deploy;

import fr.carnet.server.Carnet;
import fr.carnet.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jar that the build has made. Where CI runs it must be there, and of these classes. */
final class Jar {

    static final Path FILE = Path.of("target", "carnet.jar");

    private static final Path CLASSES = Path.of("target", "classes", "fr");
    private static final String PACKED = "BOOT-INF/classes/fr/";

    private Jar() {}

    /** True if it is there and holds these classes; it may be absent or hold others where somebody works on them. */
    static boolean isMade() {
        boolean made = Files.exists(FILE) && packed().equals(compiled());
        if (!made && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(FILE + " is absent, or not of " + CLASSES);
        }
        return made;
    }

    /** What runs it; the classes themselves, as it says, where it is not made. */
    static List<String> program() {
        if (isMade()) {
            return List.of("-jar", FILE.toString());
        }
        System.out.println(FILE + " is absent, or of other classes: the classes are tested in its place");
        return List.of("-cp", ServerProcess.classPath(), Carnet.class.getName());
    }

    /** Checksums by name: dates tell nothing, for the build gives the jar a fixed one. */
    private static Map<String, Long> packed() {
        try (ZipFile jar = new ZipFile(FILE.toFile())) {
            return jar.stream()
                    .filter(entry -> entry.getName().startsWith(PACKED) && !entry.isDirectory())
                    .collect(Collectors.toMap(entry -> entry.getName().substring(PACKED.length()), ZipEntry::getCrc));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> compiled() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> CLASSES.relativize(file).toString().replace('\\', '/'), Jar::checksum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long checksum(Path file) {
        try {
            var sum = new CRC32();
            sum.update(Files.readAllBytes(file));
            return sum.getValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

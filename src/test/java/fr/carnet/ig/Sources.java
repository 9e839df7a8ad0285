package fr.carnet.ig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The FHIR Shorthand below {@code ig/}. */
final class Sources {

    /** Folder that SUSHI compiles. */
    static final Path FOLDER = Path.of("ig");

    /** Sources that are written from the code's own tables. */
    static final Path GENERATED = FOLDER.resolve("input/fsh/generated");

    private Sources() {}

    /** SHA-256 of names and contents, hexadecimal. */
    static String checksum() throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files()) {
            String name = FOLDER.relativize(file).toString().replace('\\', '/');
            digest.update((name + '\n' + Files.readString(file).replace("\r\n", "\n") + '\n')
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files() throws IOException {
        try (var all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

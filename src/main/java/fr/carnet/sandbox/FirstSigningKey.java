package fr.carnet.sandbox;

import fr.carnet.token.SigningKeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** The key that a new sandbox signs with; kept in its data directory, so that tokens survive a restart. */
final class FirstSigningKey {

    private FirstSigningKey() {}

    /** Makes one where the directory holds none. */
    static void in(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> kept = Files.list(directory)) {
                if (kept.findAny().isEmpty()) {
                    // its clock may be moved back
                    SigningKeyFile.create(directory, Instant.EPOCH);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package fr.carnet.faults;

import fr.carnet.sandbox.igc.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The key that seals traces, one for all nodes of a folder. */
final class TraceKeys {

    private TraceKeys() {}

    /** The private one; the public one lies beside it as {@code trace-key.pub}. */
    static Path in(Path home) {
        Path file = home.resolve("trace-key.pem");
        try {
            if (!Files.exists(file)) {
                KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                Files.writeString(home.resolve("trace-key.pub"), Pem.of("PUBLIC KEY", pair.getPublic()));
                Files.writeString(file, Pem.of("PRIVATE KEY", pair.getPrivate()));
            }
            Files.createDirectories(home.resolve("roots"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }
}

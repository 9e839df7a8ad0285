package fr.carnet.sandbox;

import fr.carnet.sandbox.igc.Pem;
import fr.carnet.trace.chain.SealingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The key that seals the sandbox's traces, made at its first start; the public one is put beside it. */
final class TraceKey {

    private static final String FILE = "trace-key.pem";
    private static final String PUBLIC = "trace-key.pub";

    private TraceKey() {}

    static SealingKey in(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            make(file, dataDir.resolve(PUBLIC));
        }
        return SealingKey.read(file);
    }

    private static void make(Path file, Path publicFile) throws IOException {
        Files.createDirectories(file.getParent());
        KeyPair pair = pair();
        Files.writeString(publicFile, Pem.of("PUBLIC KEY", pair.getPublic()));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, Pem.of("PRIVATE KEY", pair.getPrivate()), StandardOpenOption.CREATE);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has Ed25519 since 15", e);
        }
    }
}

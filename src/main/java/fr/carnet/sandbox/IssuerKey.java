package fr.carnet.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;

/** The embedded issuer's key; kept in the data directory so that tokens survive a restart. */
final class IssuerKey {

    private static final String FILE = "issuer-key.json";
    private static final int BITS = 2048;

    private IssuerKey() {}

    static RSAKey in(Optional<Path> dataDir) {
        try {
            if (dataDir.isEmpty()) {
                return generate();
            }
            Path file = dataDir.get().resolve(FILE);
            return Files.exists(file) ? RSAKey.parse(Files.readString(file)) : kept(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the issuer's key in the data directory is unusable: remove " + FILE, e);
        }
    }

    private static RSAKey kept(Path file) throws IOException, JOSEException {
        RSAKey key = generate();
        Files.createDirectories(file.getParent());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, key.toJSONString(), StandardOpenOption.CREATE);
        return key;
    }

    private static RSAKey generate() throws JOSEException {
        return new RSAKeyGenerator(BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyID(UUID.randomUUID().toString())
                .generate();
    }
}

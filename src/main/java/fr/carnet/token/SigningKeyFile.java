package fr.carnet.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Makes a key for {@link SigningKeys}: ES256, readable by its owner alone. */
public final class SigningKeyFile {

    private SigningKeyFile() {}

    /**
     * Writes a new key.
     *
     * @param directory made if it is not there
     * @param from when it begins to sign; until then it is published, so that every door has learnt it
     * @return its file
     * @throws IOException if it cannot be written
     */
    public static Path create(Path directory, Instant from) throws IOException {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .notBeforeTime(Date.from(from))
                    .generate();
            Files.createDirectories(directory);
            return written(directory, key);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** Complete under its name, or not there: another node may be reading the directory. */
    private static Path written(Path directory, ECKey key) throws IOException {
        Path draft = Files.createTempFile(directory, "key", ".draft");
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(draft, key.toJSONString());
        return Files.move(draft, directory.resolve(key.getKeyID() + ".jwk.json"));
    }
}

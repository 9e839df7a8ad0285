package fr.carnet.trace.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** The private Ed25519 key by which daily roots and purges are signed; it is not in the database. */
public final class SealingKey {

    private final PrivateKey key;

    private SealingKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key.
     *
     * @param file PEM of PKCS#8, as {@code openssl genpkey -algorithm ed25519} makes it
     * @throws IOException if it cannot be read or is no such key
     */
    public static SealingKey read(Path file) throws IOException {
        try {
            byte[] encoded = Pem.decode(Files.readString(file), "PRIVATE KEY");
            return new SealingKey(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IOException("not an Ed25519 private key in PEM: " + file.getFileName(), e);
        }
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key was accepted when it was read", e);
        }
    }
}

package fr.carnet.trace.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** The public Ed25519 key by which whoever doubts checks roots and purges. */
public final class VerifyingKey {

    private final PublicKey key;

    private VerifyingKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a key.
     *
     * @param file PEM, as {@code openssl pkey -pubout} makes it
     * @throws IOException if it cannot be read or is no such key
     */
    public static VerifyingKey read(Path file) throws IOException {
        try {
            byte[] encoded = Pem.decode(Files.readString(file), "PUBLIC KEY");
            return new VerifyingKey(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IOException("not an Ed25519 public key in PEM: " + file.getFileName(), e);
        }
    }

    boolean verifies(byte[] text, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(text);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // not even of the form of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key was accepted when it was read", e);
        }
    }
}

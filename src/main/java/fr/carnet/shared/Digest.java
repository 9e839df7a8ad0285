package fr.carnet.shared;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of bytes (FIPS 180-4) that every Java platform has. */
public enum Digest {
    /** 20 bytes: what XDS metadata and {@code Attachment.hash} ask for; no protection against whoever wants a collision. */
    SHA_1("SHA-1"),
    /** 32 bytes. */
    SHA_256("SHA-256");

    private final String algorithm;

    Digest(String algorithm) {
        this.algorithm = algorithm;
    }

    /** The hash of the parts, one after the other. */
    public byte[] of(byte[]... parts) {
        MessageDigest digest = begin();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** A hash that is yet to be fed, for bytes that are not all in memory. */
    public MessageDigest begin() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** The same as lower-case hexadecimal digits. */
    public String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }
}

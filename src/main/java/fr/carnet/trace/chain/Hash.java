package fr.carnet.trace.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 hash.
 *
 * @param hex 64 small hexadecimal digits; none before the first row of a chain
 */
record Hash(String hex) {

    /** What the first row of a chain follows. */
    static final Hash NONE = new Hash("");

    /** @throws IllegalArgumentException if it is not one */
    Hash {
        if (!hex.matches("([0-9a-f]{64})?")) {
            throw new IllegalArgumentException("not a SHA-256 hash");
        }
    }

    /** A hash as the database holds it. */
    static Hash of(byte[] bytes) {
        return new Hash(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

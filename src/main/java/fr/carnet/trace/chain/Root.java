package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Objects;

/**
 * A daily root: one hash over the heads of all chains that moved since the root before, and over that root; signed.
 *
 * @param number 1, 2, 3 … without a gap
 * @param day of which it is the root; one a day at most
 * @param takenAt when, by the clock of the database, to the microsecond
 * @param previous hash of the root before; none for the first
 * @param hash of its text up to here
 * @param signature of that hash, base64
 */
record Root(long number, LocalDate day, Instant takenAt, Hash previous, Hash hash, String signature) {

    static final String HEAD = "head";
    private static final String VERSION = "carnet-trace-root-1";

    Root {
        Objects.requireNonNull(day);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(signature);
    }

    static Root signed(long number, LocalDate day, Instant takenAt, Hash previous, Hash hash, SealingKey key) {
        return new Root(
                number, day, takenAt, previous, hash, Base64.getEncoder().encodeToString(key.sign(toSign(hash))));
    }

    /** Bound to its use, so that no other signature by the same key can stand for it. */
    private static byte[] toSign(Hash hash) {
        return (VERSION + "\n" + hash.hex()).getBytes(StandardCharsets.US_ASCII);
    }

    boolean isSignedBy(VerifyingKey key) {
        try {
            return key.verifies(toSign(hash), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false; // not base64
        }
    }

    /** First lines of the text; after them comes one line for each head, in the order of their chains' bytes. */
    static String opening(long number, LocalDate day, Instant takenAt, Hash previous) {
        return "%s\nnumber %d\nday %s\ntaken %s\nprevious %s\n"
                .formatted(VERSION, number, day, takenAt, previous.hex());
    }

    static String line(String chain, Head head) {
        return HEAD + " " + chain + " " + head.place() + " " + head.hash().hex() + "\n";
    }

    String opening() {
        return opening(number, day, takenAt, previous);
    }

    /** Last lines of the text. */
    String closing() {
        return "root " + hash.hex() + "\nsignature " + signature + "\n";
    }

    /** Hash of a text that comes in pieces. */
    static final class Text {
        private final MessageDigest digest = Hash.sha256();

        Text add(String piece) {
            digest.update(piece.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Hash hash() {
            return Hash.of(digest.digest());
        }
    }
}

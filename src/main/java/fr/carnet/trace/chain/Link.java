package fr.carnet.trace.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;

/**
 * A row as a link of its chain.
 *
 * @param chain {@code Patient/} and the FHIR id of whose record, or {@code server/} and a number for what concerns none
 * @param place 1, 2, 3 … in the chain
 * @param seq number in the table
 * @param id of the AuditEvent
 * @param recordedAt when, by the server's clock
 * @param previous hash of the link before, as the row states it
 * @param stated digest of the content, as the row states it
 * @param content digest of the content, as it is
 * @param hash as the row states it
 */
record Link(
        String chain,
        long place,
        long seq,
        UUID id,
        Instant recordedAt,
        Hash previous,
        Hash stated,
        Hash content,
        Hash hash) {

    /** True if the content is what was written. */
    boolean saysWhatWasWritten() {
        return stated.equals(content);
    }

    /** True if the hash is that of this digest in this place after that link. */
    boolean isTied() {
        MessageDigest digest = Hash.sha256();
        digest.update(previous.bytes());
        digest.update(stated.bytes());
        digest.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(place).putLong(seq).flip());
        return hash.equals(Hash.of(digest.digest(chain.getBytes(StandardCharsets.UTF_8))));
    }
}

package fr.carnet.server.cli.client;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A globally unique document or lot id, as the OID of a UUID (ITU-T X.667).
 *
 * @param oid {@code 2.25.} and the UUID as a decimal number
 */
public record UniqueId(String oid) {

    /** A new one. */
    public static UniqueId random() {
        return of(UUID.randomUUID());
    }

    /** Always the same one for the same name. */
    public static UniqueId named(String name) {
        return of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code urn:oid:} form, as in {@code masterIdentifier.value}. */
    public String urn() {
        return "urn:oid:" + oid;
    }

    private static UniqueId of(UUID uuid) {
        byte[] bits = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return new UniqueId("2.25." + new BigInteger(1, bits));
    }
}

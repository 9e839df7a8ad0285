package fr.carnet.trace.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Digest of what a row of {@code carnet.trace} says, whatever its place.
 *
 * <p>Canonical form: {@code carnet-trace-1}, a line feed, and one JSON object in UTF-8 without white space, its members
 * sorted by the name of the column, absent where the column is null; times in UTC to the microsecond, {@code lines} as JSON
 * with sorted members, everything else as text. A column added later leaves the digests of older rows as they are.
 */
public final class RowDigest {

    /** The column that holds JSON. */
    private static final String LINES = "lines";
    /** Columns that tell a row's place; everything else is content. */
    static final Set<String> PLACE = Set.of("seq", "chain", "chain_seq", "prev_hash", "hash", "digest");

    private static final byte[] VERSION = "carnet-trace-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private RowDigest() {}

    /**
     * SHA-256 of the canonical form.
     *
     * @param row values by name of column: text, number, boolean, {@code UUID} or {@code OffsetDateTime}, {@code lines} as
     *     the text of its JSON; null where the column is
     */
    public static byte[] of(Map<String, ?> row) {
        Map<String, Object> canonical = new TreeMap<>();
        row.forEach((column, value) -> {
            if (value != null) {
                canonical.put(column, canonical(column, value));
            }
        });
        MessageDigest digest = Hash.sha256();
        digest.update(VERSION);
        try {
            return digest.digest(JSON.writeValueAsBytes(canonical));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row is made of plain values", e);
        }
    }

    private static Object canonical(String column, Object value) {
        if (column.equals(LINES)) {
            return tree(value.toString());
        }
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString();
    }

    private static Object tree(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the lines of a trace are JSON");
        }
    }
}

package fr.carnet.document.iti68;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpRange;

/**
 * The part of a content that is asked for (RFC 9110, chapter 14).
 *
 * @param first byte, from 0
 * @param length number of bytes; 0 when there are none at that place
 * @param whole true when it is all of the content
 */
record Slice(long first, long length, boolean whole) {

    /**
     * Reads {@code Range} and {@code If-Range}. Several ranges, other units and what cannot be read are answered with the
     * whole, as the RFC allows.
     *
     * @param range header; null when absent
     * @param ifRange header; null when absent
     * @param size of the content in bytes
     * @param etag of the content, with its quotes
     * @param modified instant that is told as Last-Modified
     */
    static Slice of(String range, String ifRange, long size, String etag, Instant modified) {
        return Optional.ofNullable(range)
                .filter(r -> ifRange == null || isStill(ifRange, etag, modified))
                .flatMap(r -> read(r, size))
                .orElse(new Slice(0, size, true));
    }

    private static Optional<Slice> read(String header, long size) {
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header);
            if (ranges.size() != 1) {
                return Optional.empty();
            }
            long first = ranges.get(0).getRangeStart(size);
            long last = ranges.get(0).getRangeEnd(size);
            return Optional.of(new Slice(first, Math.max(0, last - first + 1), false));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** True if the validator is that of the content: the strong tag, or the very second of Last-Modified. */
    private static boolean isStill(String ifRange, String etag, Instant modified) {
        if (ifRange.startsWith("\"") || ifRange.startsWith("W/")) {
            return ifRange.equals(etag);
        }
        try {
            return ZonedDateTime.parse(ifRange, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond()
                    == modified.getEpochSecond();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return length == 0 && !whole;
    }

    /** {@code Content-Range} of this part. */
    String contentRange(long size) {
        return isEmpty() ? "bytes */" + size : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}

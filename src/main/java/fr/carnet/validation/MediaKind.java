package fr.carnet.validation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by the bytes whether a document is what its media type says. Signatures only: a document is never opened with a
 * library, which a hostile one might turn against the server; whoever reads it has the program for it.
 */
public final class MediaKind {

    private static final int NEAR = 1024;
    private static final byte[] PDF = ascii("%PDF-");
    private static final byte[] PDF_END = ascii("%%EOF");
    private static final byte[] RTF = ascii("{\\rtf");
    private static final Map<String, List<byte[]>> SIGNATURES = Map.of(
            "application/rtf", List.of(RTF),
            "text/rtf", List.of(RTF),
            "image/jpeg", List.of(bytes(0xFF, 0xD8, 0xFF)),
            "image/png", List.of(bytes(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)),
            "image/gif", List.of(ascii("GIF87a"), ascii("GIF89a")),
            "image/tiff", List.of(bytes('I', 'I', 0x2A, 0), bytes('M', 'M', 0, 0x2A)));

    private MediaKind() {}

    /** Reports what is not what it says it is, and a PDF that was cut. */
    static void check(String path, String mediaType, byte[] content, Findings findings) {
        if (!fits(mediaType, content)) {
            findings.error(path, "content", "content-not-of-type", MediaTypes.bare(mediaType));
        } else if (isCut(mediaType, content)) {
            findings.warn(path, "content", "pdf-cut");
        }
    }

    /** False if the bytes cannot be of that type; true for a type of which nothing is known. */
    public static boolean fits(String mediaType, byte[] content) {
        String type = MediaTypes.bare(mediaType).toLowerCase(Locale.ROOT);
        if (type.equals("application/pdf")) {
            return contains(content, 0, Math.min(content.length, NEAR), PDF);
        }
        if (type.equals("text/plain")) {
            return isText(charset(mediaType), content);
        }
        List<byte[]> signatures = SIGNATURES.get(type);
        return signatures == null || signatures.stream().anyMatch(s -> contains(content, 0, s.length, s));
    }

    /** True for a PDF whose end is not where it should be: it was cut on its way. */
    static boolean isCut(String mediaType, byte[] content) {
        return MediaTypes.bare(mediaType).equalsIgnoreCase("application/pdf")
                && !contains(content, Math.max(0, content.length - NEAR), content.length, PDF_END);
    }

    private static boolean isText(Optional<Charset> charset, byte[] content) {
        try {
            charset.orElse(StandardCharsets.UTF_8).newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            return false;
        }
        return charset.isPresent() || !contains(content, 0, content.length, new byte[] {0});
    }

    private static Optional<Charset> charset(String mediaType) {
        int at = mediaType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return Optional.empty();
        }
        String name = mediaType
                .substring(at + "charset=".length())
                .replaceFirst(";.*", "")
                .replace("\"", "");
        try {
            return Optional.of(Charset.forName(name.strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static boolean contains(byte[] content, int from, int to, byte[] sought) {
        for (int i = from; i + sought.length <= Math.min(to, content.length); i++) {
            int same = 0;
            while (same < sought.length && content[i + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

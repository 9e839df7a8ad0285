package fr.carnet.document.iti68;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;

/**
 * Name under which a browser would save a document: its title, without anything that a file system or a header could take
 * for something else, and the ending of its media type (RFC 6266, RFC 8187).
 */
public final class FileName {

    private static final int LONGEST = 80;
    private static final Map<String, String> ENDINGS = Map.of(
            "application/pdf", "pdf",
            "text/xml", "xml",
            "application/xml", "xml",
            "text/plain", "txt",
            "text/html", "html",
            "text/rtf", "rtf",
            "application/rtf", "rtf",
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/tiff", "tiff");

    private FileName() {}

    /** Ending of a file with such a content; {@code bin} for what is not known. */
    public static String ending(String mediaType) {
        return ENDINGS.getOrDefault(mediaType.replaceFirst(";.*", "").strip(), "bin");
    }

    /** {@code Content-Disposition} that never opens a document in place. */
    static String disposition(Optional<String> title, MediaType type) {
        String name = title.map(FileName::plain).filter(t -> !t.isEmpty()).orElse("document");
        Charset charset = name.chars().allMatch(c -> c < 0x80) ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        return ContentDisposition.attachment()
                .filename(name + "." + ending(type.toString()), charset)
                .build()
                .toString();
    }

    private static String plain(String title) {
        String plain = title.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        int end = plain.offsetByCodePoints(0, Math.min(LONGEST, plain.codePointCount(0, plain.length())));
        return plain.substring(0, end).strip();
    }
}

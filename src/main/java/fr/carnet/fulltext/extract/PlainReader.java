package fr.carnet.fulltext.extract;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads plain text in the charset of its media type, else in UTF-8, else in the one of Western Windows. */
final class PlainReader {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([\\w.:+-]+)", Pattern.CASE_INSENSITIVE);
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private PlainReader() {}

    static void read(String mediaType, byte[] content, Gathered out) {
        out.body().lined(decoded(mediaType, content));
        out.requireRoom();
    }

    private static CharSequence decoded(String mediaType, byte[] content) {
        Optional<Charset> stated = charset(mediaType);
        if (stated.isPresent()) {
            return stated.get().decode(ByteBuffer.wrap(content));
        }
        try {
            return utf8(content);
        } catch (CharacterCodingException e) {
            return WINDOWS.decode(ByteBuffer.wrap(content));
        }
    }

    private static CharBuffer utf8(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    }

    private static Optional<Charset> charset(String mediaType) {
        Matcher matcher = CHARSET.matcher(mediaType);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(matcher.group(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

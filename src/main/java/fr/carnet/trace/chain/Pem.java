package fr.carnet.trace.chain;

import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text form of keys (RFC 7468). */
final class Pem {

    private Pem() {}

    /** @throws IOException if there is no such block */
    static byte[] decode(String text, String label) throws IOException {
        Matcher block = Pattern.compile("-----BEGIN %1$s-----(.*?)-----END %1$s-----".formatted(label), Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            throw new IOException("no " + label + " in PEM");
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}

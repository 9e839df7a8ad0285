package fr.carnet.enforcement;

import fr.carnet.shared.Fault;

/**
 * How deep a JSON body may be, counted before it is parsed: the parser's own limit, a thousand levels, is far beyond what a
 * resource needs. XML is left to its parser, which has the same limit.
 */
final class Nesting {

    private static final int MAX_DEPTH = 100;

    private Nesting() {}

    /** @throws Fault 413 if objects and arrays stand deeper within each other than any resource needs */
    static void require(byte[] body) {
        if (isXml(body)) {
            return;
        }
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < body.length; i++) {
            byte octet = body[i];
            if (text) {
                if (octet == '\\') {
                    i++;
                } else {
                    text = octet != '"';
                }
            } else if (octet == '"') {
                text = true;
            } else if (octet == '{' || octet == '[') {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw Fault.of(413, "nested-too-deep", Integer.toString(MAX_DEPTH));
                }
            } else if (octet == '}' || octet == ']') {
                depth--;
            }
        }
    }

    /** By its first character: what a client says of the type does not bind the parser. */
    private static boolean isXml(byte[] body) {
        int start = 0;
        while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
            start++;
        }
        return start < body.length && body[start] == '<';
    }
}

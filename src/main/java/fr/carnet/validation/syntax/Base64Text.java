package fr.carnet.validation.syntax;

/** Base64 as text; the decoder skips what is none of it. */
final class Base64Text {

    private static final int GROUP = 4;
    private static final int MAX_PADDING = 2;

    private Base64Text() {}

    /** True for groups of four characters of its alphabet, padded at the end only; blanks may stand anywhere (RFC 2045). */
    static boolean isWellFormed(String text) {
        int characters = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                continue;
            }
            characters++;
            if (c == '=') {
                padding++;
            } else if (padding > 0 || !isOfAlphabet(c)) {
                return false;
            }
        }
        return padding <= MAX_PADDING && characters % GROUP == 0;
    }

    private static boolean isOfAlphabet(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}

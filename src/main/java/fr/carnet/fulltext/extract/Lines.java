package fr.carnet.fulltext.extract;

import java.text.Normalizer;

/**
 * Text as it is gathered: blanks collapse, format and control characters go, what separates two words is written only between
 * them.
 */
final class Lines {

    private static final String NOTHING = "";
    private static final String BLANK = " ";
    private static final String CELL = " | ";
    private static final String LINE = "\n";

    private final StringBuilder text = new StringBuilder();
    private final int longest;
    private String separator = NOTHING;
    private boolean cut;

    Lines(int longest) {
        this.longest = longest;
    }

    /** Words in which a line feed is a blank like others, as in XML. */
    void flowing(CharSequence words) {
        for (int i = 0; i < words.length(); i++) {
            add(words.charAt(i));
        }
    }

    /** Words whose lines are lines. */
    void lined(CharSequence words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '\n' || c == '\r' || c == '\f') {
                endLine();
            } else {
                add(c);
            }
        }
    }

    void endLine() {
        separator = LINE;
    }

    void endCell() {
        if (!separator.equals(LINE)) {
            separator = CELL;
        }
    }

    /** True if something was left out. */
    boolean isCut() {
        return cut;
    }

    int length() {
        return text.length();
    }

    /** Forgets what came after a length. */
    void backTo(int length) {
        text.setLength(length);
        separator = LINE;
    }

    /** In NFC. Normalised text may be longer: the bound holds for it, too. */
    String toText() {
        int[] scalars = text.codePoints().filter(c -> !isSurrogate(c)).toArray();
        String normal = Normalizer.normalize(new String(scalars, 0, scalars.length), Normalizer.Form.NFC);
        if (normal.length() <= longest) {
            return normal;
        }
        cut = true;
        int end = Character.isHighSurrogate(normal.charAt(longest - 1)) ? longest - 1 : longest;
        return normal.substring(0, end);
    }

    private void add(char c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            if (separator.isEmpty()) {
                separator = BLANK;
            }
        } else if (Character.getType(c) != Character.FORMAT) {
            append(c);
        }
    }

    private void append(char c) {
        String before = text.isEmpty() ? NOTHING : separator;
        if (text.length() + before.length() >= longest) {
            cut = true;
            return;
        }
        text.append(before).append(c);
        separator = NOTHING;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}

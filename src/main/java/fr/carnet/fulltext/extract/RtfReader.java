package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Reason;
import fr.carnet.validation.MediaKind;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Reads the words of an RTF (specification 1.9.1), byte by byte: fonts, styles, pictures and embedded objects are passed over.
 * The reader of the JDK builds a page of it in memory, and runs the cells of tables together.
 */
final class RtfReader {

    private static final int DEEPEST = 1000;
    private static final Set<String> PASSED_OVER = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "themedata",
            "datastore",
            "listtable",
            "listoverridetable",
            "rsidtbl",
            "generator",
            "fldinst",
            "xmlnstbl");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /**
     * What holds within braces.
     *
     * @param shown false in a destination that is passed over
     * @param fallback characters after a {@code \\u} that stand for it where Unicode is unknown
     */
    private record Group(boolean shown, int fallback) {}

    private final byte[] rtf;
    private final Gathered out;
    private final Deque<Group> groups = new ArrayDeque<>();
    private Charset charset = WINDOWS;
    private int at;
    private int toSkip;

    private RtfReader(byte[] rtf, Gathered out) {
        this.rtf = rtf;
        this.out = out;
    }

    static void read(byte[] content, Gathered out) throws Textless {
        if (!MediaKind.fits("application/rtf", content)) {
            throw new Textless(Reason.MALFORMED);
        }
        new RtfReader(content, out).read();
    }

    private void read() throws Textless {
        groups.push(new Group(true, 1));
        while (at < rtf.length) {
            char c = (char) (rtf[at++] & 0xFF);
            switch (c) {
                case '{' -> open();
                case '}' -> close();
                case '\\' -> control();
                case '\r', '\n' -> out.requireRoom();
                default -> bytes(new byte[] {(byte) c});
            }
        }
    }

    private void open() throws Textless {
        if (groups.size() > DEEPEST) {
            throw new Textless(Reason.MALFORMED);
        }
        groups.push(groups.peek());
        toSkip = 0;
    }

    private void close() {
        if (groups.size() > 1) {
            groups.pop();
        }
        toSkip = 0;
    }

    private void control() {
        if (at >= rtf.length) {
            return;
        }
        char c = (char) (rtf[at] & 0xFF);
        if (isLetter(c)) {
            word();
            return;
        }
        at++;
        switch (c) {
            case '\'' -> hex();
            case '*' -> hide();
            case '~' -> text(" ");
            case '_' -> text("-");
            case '\r', '\n' -> endLine();
            case '{', '}', '\\' -> text(String.valueOf(c));
            default -> {
                // optional hyphens, index marks
            }
        }
    }

    private void word() {
        int start = at;
        while (at < rtf.length && isLetter((char) (rtf[at] & 0xFF))) {
            at++;
        }
        String word = new String(rtf, start, at - start, StandardCharsets.US_ASCII);
        int number = number();
        if (at < rtf.length && rtf[at] == ' ') {
            at++;
        }
        if (PASSED_OVER.contains(word)) {
            hide();
        }
        act(word, number);
    }

    private int number() {
        int start = at;
        if (at < rtf.length && rtf[at] == '-') {
            at++;
        }
        while (at < rtf.length && at - start < 10 && rtf[at] >= '0' && rtf[at] <= '9') {
            at++;
        }
        try {
            return Integer.parseInt(new String(rtf, start, at - start, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void act(String word, int number) {
        switch (word) {
            case "par", "line", "row", "page", "sect" -> endLine();
            case "cell", "nestcell" -> endCell();
            case "tab" -> text(" ");
            case "emdash", "endash" -> text("-");
            case "rquote", "lquote" -> text("'");
            case "ansicpg" -> charset = charset(number);
            case "uc" -> replaceTop(new Group(groups.peek().shown(), Math.max(0, number)));
            case "u" -> {
                text(String.valueOf((char) number));
                toSkip = groups.peek().fallback();
            }
            case "bin" -> at = (int) Math.min(rtf.length, (long) at + Math.max(0, number));
            default -> {
                // how it looks
            }
        }
    }

    private void hex() {
        int end = Math.min(rtf.length, at + 2);
        try {
            bytes(new byte[] {(byte) Integer.parseInt(new String(rtf, at, end - at, StandardCharsets.US_ASCII), 16)});
        } catch (NumberFormatException e) {
            out.cut();
        }
        at = end;
    }

    private void bytes(byte[] bytes) {
        if (toSkip > 0) {
            toSkip--;
        } else if (groups.peek().shown()) {
            out.body().flowing(charset.decode(ByteBuffer.wrap(bytes)));
        }
    }

    private void text(String text) {
        if (groups.peek().shown()) {
            out.body().flowing(text);
        }
    }

    private void endLine() {
        if (groups.peek().shown()) {
            out.body().endLine();
            out.requireRoom();
        }
    }

    private void endCell() {
        if (groups.peek().shown()) {
            out.body().endCell();
        }
    }

    private void hide() {
        replaceTop(new Group(false, groups.peek().fallback()));
    }

    private void replaceTop(Group group) {
        groups.pop();
        groups.push(group);
    }

    private static Charset charset(int codePage) {
        try {
            return Charset.forName("windows-" + codePage);
        } catch (IllegalArgumentException e) {
            return WINDOWS;
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}

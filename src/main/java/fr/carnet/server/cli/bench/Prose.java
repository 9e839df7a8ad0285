package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.UniqueId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A PDF of words, as small words often and most words seldom as in a language, always the same for the same document. It is written
 * by hand so that it has the size asked for, to the byte.
 */
final class Prose {

    /** Less has no room for a page. */
    static final int SMALLEST = 8_000;

    /** A word that every document holds. */
    static final String EVERYWHERE = word(0);

    private static final int TOPICS = 4;
    private static final List<String> SYLLABLES = List.of(
            "ba", "cré", "don", "fi", "gra", "lan", "mé", "nor", "pi", "ro", "sé", "tu", "vi", "zan", "ou", "leu");
    private static final int VOCABULARY = 8_000;
    private static final int LINES = 50;
    private static final int LINE = 90;
    private static final int ROOM_OF_A_PAGE = LINES * (LINE + 30) + 300;
    private static final int ROOM_OF_THE_END = 400;

    private final UniqueId id;
    private final SplittableRandom random;
    private final StringBuilder file = new StringBuilder("%PDF-1.4\n");
    private final List<Integer> offsets = new ArrayList<>();

    private Prose(UniqueId id) {
        this.id = id;
        random = new SplittableRandom(id.hashCode());
    }

    /** The word of a document that a quarter of them share. */
    static String topic(UniqueId id) {
        return "theme" + Math.floorMod(id.hashCode(), TOPICS);
    }

    /** A document of so many bytes. */
    static byte[] pdf(UniqueId id, int size) {
        return new Prose(id).file(size).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String file(int size) {
        int pages = Math.max(1, (size - ROOM_OF_THE_END) / ROOM_OF_A_PAGE);
        object("<</Type/Catalog/Pages 2 0 R>>");
        var kids = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            kids.append(4 + 2 * page).append(" 0 R ");
        }
        object("<</Type/Pages/Kids[" + kids + "]/Count " + pages + ">>");
        object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        for (int page = 0; page < pages; page++) {
            String text = page(page == 0 ? id.oid() + " " + topic(id) + " " + EVERYWHERE : EVERYWHERE);
            object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents "
                    + (offsets.size() + 2) + " 0 R>>");
            object("<</Length " + text.length() + ">>stream\n" + text + "\nendstream");
        }
        String end = end(0);
        file.append(" ".repeat(size - file.length() - end.length()));
        return file + end(file.length());
    }

    private void object(String content) {
        offsets.add(file.length());
        file.append(offsets.size()).append(" 0 obj").append(content).append("\nendobj\n");
    }

    private String page(String first) {
        var text = new StringBuilder("BT/F 9 Tf 14 TL 50 790 Td(" + first + ")Tj T*\n");
        for (int line = 1; line < LINES; line++) {
            var words = new StringBuilder();
            while (words.length() < LINE) {
                double often = random.nextDouble();
                words.append(word((int) (VOCABULARY * often * often * often))).append(' ');
            }
            text.append('(').append(words).append(")Tj T*\n");
        }
        return text.append("ET").toString();
    }

    private static String word(int rank) {
        var word = new StringBuilder("ma");
        for (int rest = rank; rest > 0; rest /= SYLLABLES.size()) {
            word.append(SYLLABLES.get(rest % SYLLABLES.size()));
        }
        return word.append('t').toString();
    }

    /** Table of the objects and what follows; as long wherever it stands. */
    private String end(int start) {
        var end = new StringBuilder("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> end.append(String.format("%010d 00000 n \n", offset)));
        return end.append("trailer<</Root 1 0 R/Size " + (offsets.size() + 1) + ">>\nstartxref\n"
                        + String.format("%010d", start) + "\n%%EOF\n")
                .toString();
    }
}

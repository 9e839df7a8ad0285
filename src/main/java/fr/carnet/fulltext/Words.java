package fr.carnet.fulltext;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;

/** What a word is: letters and digits, for a query as for either engine ({@code Vectors}, {@code elasticsearch-template.json}). */
final class Words {

    private static final CharArraySet STOP_WORDS = FrenchAnalyzer.getDefaultStopSet();

    private Words() {}

    /** The words of a text, as they are written. */
    static List<String> of(String text) {
        return Arrays.stream(plain(text).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Words separated by single spaces, and nothing else. */
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                .strip();
    }

    /** Lower case, without accents. */
    static String folded(String word) {
        return Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace("œ", "oe")
                .replace("æ", "ae");
    }

    /** True of {@code le}, {@code du}, {@code l}…: every document has them. */
    static boolean isStopWord(String word) {
        return STOP_WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}

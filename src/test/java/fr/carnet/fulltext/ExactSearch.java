package fr.carnet.fulltext;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a search of exact words means, without any engine.
 *
 * @param text as a caller writes it
 * @param groups each of which a document holds by one of its alternatives: words in a row, or a beginning with {@code *}
 */
record ExactSearch(String text, List<List<String>> groups) {

    /** A line of the table: the search, and its groups. */
    static ExactSearch of(String line) {
        String[] cells = line.split("\t", -1);
        return new ExactSearch(
                cells[0],
                Arrays.stream(cells[1].split(" & "))
                        .map(group -> List.of(group.split(" \\| ")))
                        .toList());
    }

    /** Lower case without accents, one space around each word: letters and digits. */
    static String folded(String text) {
        String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace("œ", "oe");
        return plain.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().transform(words -> ' ' + words + ' ');
    }

    /** True of a document of these folded words. */
    boolean finds(String words) {
        return groups.stream().allMatch(group -> group.stream().anyMatch(alternative -> has(words, alternative)));
    }

    private static boolean has(String words, String alternative) {
        return alternative.endsWith("*")
                ? words.contains(' ' + alternative.substring(0, alternative.length() - 1))
                : words.contains(' ' + alternative + ' ');
    }

    @Override
    public String toString() {
        return text;
    }
}

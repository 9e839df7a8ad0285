package fr.carnet.fulltext;

import fr.carnet.fulltext.TextQuery.Group;
import fr.carnet.fulltext.TextQuery.Phrase;
import fr.carnet.fulltext.TextQuery.Term;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What means the same: one line each, {@code avc, accident vasculaire cérébral}; {@code #} begins a comment. They widen what is
 * searched, not what is indexed, so that a new line needs no reindexing.
 */
final class Synonyms {

    private static final String BUNDLED = "/fulltext/synonyms.txt";

    /** By the folded words of an entry, joined by spaces: the whole line. */
    private final Map<String, List<Term>> lines = new HashMap<>();

    private final int longest;

    private Synonyms(Stream<String> text) {
        text.map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(this::add);
        longest = lines.keySet().stream()
                .mapToInt(key -> key.split(" ").length)
                .max()
                .orElse(0);
    }

    /** Those of the program. */
    static Synonyms bundled() {
        try (InputStream in = Synonyms.class.getResourceAsStream(BUNDLED)) {
            return new Synonyms(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a file, in place of the program's. */
    static Synonyms of(Path file) {
        try {
            return new Synonyms(Files.readAllLines(file).stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        List<String> entries = Arrays.stream(line.split(",")).map(String::strip).toList();
        if (entries.size() < 2
                || entries.stream().anyMatch(entry -> key(Words.of(entry)).isEmpty())) {
            throw new IllegalArgumentException("synonyms: not two entries in « " + line + " »");
        }
        List<Term> phrases =
                entries.stream().map(entry -> (Term) new Phrase(entry)).toList();
        for (String entry : entries) {
            if (lines.put(key(Words.of(entry)), phrases) != null) {
                throw new IllegalArgumentException("synonyms: « " + entry + " » stands twice");
            }
        }
    }

    private static String key(List<String> words) {
        return String.join(" ", words.stream().map(Words::folded).toList());
    }

    /** Groups of loose words in a row: the longest synonym that begins at each, or the word alone. */
    List<Group> groups(List<String> row) {
        List<Group> groups = new ArrayList<>();
        int at = 0;
        while (at < row.size()) {
            int length = lengthAt(row, at);
            if (length > 0) {
                String key = key(words(row.subList(at, at + length)));
                groups.add(new Group(lines.get(key)));
            } else if (!words(row.subList(at, at + 1)).isEmpty()) {
                groups.add(new Group(List.of(new Phrase(row.get(at)))));
            }
            at += Math.max(1, length);
        }
        return groups;
    }

    private int lengthAt(List<String> row, int at) {
        for (int length = Math.min(longest, row.size() - at); length > 0; length--) {
            if (lines.containsKey(key(words(row.subList(at, at + length))))) {
                return length;
            }
        }
        return 0;
    }

    /** As they may stand in a synonym: with its small words, unless it begins with one ({@code l'AVC}). */
    private static List<String> words(List<String> parts) {
        List<String> words =
                parts.stream().flatMap(part -> Words.of(part).stream()).toList();
        int first = 0;
        while (first < words.size() && Words.isStopWord(words.get(first))) {
            first++;
        }
        return words.subList(first, words.size());
    }
}

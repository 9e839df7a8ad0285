package fr.carnet.fulltext;

import fr.carnet.fulltext.TextQuery.Group;
import fr.carnet.fulltext.TextQuery.Phrase;
import fr.carnet.fulltext.TextQuery.Prefix;
import fr.carnet.fulltext.TextQuery.Term;
import fr.carnet.shared.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a caller searches. All words must be found, in any of their forms; {@code "…"} holds words together, a word that
 * ends with {@code *} is a beginning; words that every document has are left out; so is punctuation.
 */
final class TextQueries {

    private static final String PARAMETER = "text";
    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_GROUPS = 20;
    private static final int SHORTEST_PREFIX = 3;
    private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|((?:[^\\s,;\"]|(?<=\\d),(?=\\d))++)");

    private final Synonyms synonyms;

    TextQueries(Synonyms synonyms) {
        this.synonyms = synonyms;
    }

    /** @throws Fault 400 if there is nothing in it to search, or too much */
    TextQuery read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw Fault.of(400, "text-too-long", PARAMETER, MOST_CHARACTERS);
        }
        List<Group> groups = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String word = part.group(2);
            if (word != null && !isPrefix(word)) {
                loose.add(word);
                continue;
            }
            groups.addAll(synonyms.groups(loose));
            loose.clear();
            if (word == null) {
                phrase(part.group(1), groups);
            } else {
                groups.add(new Group(List.of(prefix(word))));
            }
        }
        groups.addAll(synonyms.groups(loose));
        if (groups.isEmpty()) {
            throw Fault.of(400, "text-without-words", PARAMETER);
        }
        if (groups.size() > MOST_GROUPS) {
            throw Fault.of(400, "text-too-many-words", PARAMETER, MOST_GROUPS);
        }
        return new TextQuery(groups);
    }

    private void phrase(String quoted, List<Group> groups) {
        if (!Words.of(quoted).stream().allMatch(Words::isStopWord)) {
            groups.add(new Group(List.of(new Phrase(quoted))));
        }
    }

    private static boolean isPrefix(String word) {
        return word.endsWith("*");
    }

    /** The beginning is that of one word: of {@code l'infarct*}, the last. */
    private static Term prefix(String word) {
        List<String> words = Words.of(word);
        String beginning = words.isEmpty() ? "" : Words.folded(words.get(words.size() - 1));
        if (beginning.length() < SHORTEST_PREFIX) {
            throw Fault.of(400, "text-prefix-too-short", PARAMETER, SHORTEST_PREFIX);
        }
        return new Prefix(beginning);
    }
}

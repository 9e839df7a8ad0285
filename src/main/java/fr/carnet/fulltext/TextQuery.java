package fr.carnet.fulltext;

import java.util.List;

/**
 * What is searched: a document must hold each group, by one of its alternatives.
 *
 * @param groups never empty
 */
public record TextQuery(List<Group> groups) {

    /** @throws IllegalArgumentException if there is nothing to search */
    public TextQuery {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("nothing to search");
        }
    }

    /**
     * A word, and what means the same.
     *
     * @param alternatives never empty
     */
    public record Group(List<Term> alternatives) {

        /** @throws IllegalArgumentException if there is no alternative */
        public Group {
            alternatives = List.copyOf(alternatives);
            if (alternatives.isEmpty()) {
                throw new IllegalArgumentException("an empty group");
            }
        }
    }

    /** What is looked for. */
    public sealed interface Term {}

    /**
     * A word in any of its forms, or several in this order.
     *
     * @param text as it was written
     */
    public record Phrase(String text) implements Term {}

    /**
     * Words that begin so.
     *
     * @param beginning letters and digits, lower case, without accents
     */
    public record Prefix(String beginning) implements Term {}
}

package fr.carnet.document.overview;

import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A place in which documents are shown together.
 *
 * @param side for whom it is
 * @param code in the code system of its side
 * @param french its label
 * @param english its label
 * @param first codes of the types that come first, the most useful before the others; types of one set are as useful
 * @param others codes of the other types, the newest first
 * @param last true for the one that takes whatever type no other rubric of its side has; told only if it holds something
 */
public record Rubric(
        Side side,
        String code,
        String french,
        String english,
        List<Set<String>> first,
        Set<String> others,
        boolean last) {

    /** Whoever reads it. */
    public enum Side {
        /** A professional in an emergency, before everything else. */
        EMERGENCY(CarnetUris.PROFESSIONAL_SPACE),
        /** Professionals and whoever else is not on the holder's side. */
        PROFESSIONAL(CarnetUris.PROFESSIONAL_SPACE),
        /** The holder and whoever acts for him (R138). */
        HOLDER(CarnetUris.HOLDER_RUBRIC);

        private final String system;

        Side(String system) {
            this.system = system;
        }

        /** Code system of its rubrics. */
        public String system() {
            return system;
        }
    }

    /** Codes of its types. */
    public Stream<String> types() {
        return Stream.concat(first.stream().flatMap(Set::stream), others.stream());
    }

    /** Position of a type in it: the lower, the earlier. */
    public int rank(String type) {
        return IntStream.range(0, first.size())
                .filter(position -> first.get(position).contains(type))
                .findFirst()
                .orElse(first.size());
    }

    String label(Texts texts) {
        return texts.choose(french, english);
    }
}

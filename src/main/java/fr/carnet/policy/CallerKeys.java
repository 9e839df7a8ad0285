package fr.carnet.policy;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.stream.Stream;

/**
 * What one caller's keys are made of: he holds the open ones and, in their rows, one for each of his titles. Three keys in
 * four are for masked documents; PostgreSQL writes those out only when it meets one.
 *
 * @param open keys of documents that are not masked: {@code t:<row>}, {@code p} or {@code r}
 * @param titles what opens masked documents to him: each stands in place of the {@code t} of an open key
 */
public record CallerKeys(Set<String> open, Set<String> titles) {

    /** Opens nothing. */
    public static final CallerKeys NONE = new CallerKeys(Set.of(), Set.of());

    /** @throws IllegalArgumentException if there are titles and an open key is without a row */
    public CallerKeys {
        open = Set.copyOf(open);
        titles = Set.copyOf(titles);
        if (!titles.isEmpty() && !open.stream().allMatch(key -> key.startsWith(VisibilityKeys.ANYONE + ":"))) {
            throw new IllegalArgumentException("a title is one in a row of the matrix");
        }
    }

    /** True if he sees nothing. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Every key, written out. */
    public Set<String> all() {
        return Stream.concat(open.stream(), titles.stream().flatMap(title -> open.stream()
                        .map(key -> title + key.substring(VisibilityKeys.ANYONE.length()))))
                .collect(toUnmodifiableSet());
    }
}

package fr.carnet.fulltext.extract;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A file that was made to do harm.
 *
 * @param name what it does
 * @param mediaType as its sender states it
 * @param content made when it is needed, for some are large
 * @param outcomes what may come of it, of which a slow machine may choose: {@code text}, {@code text, cut} or a reason's code
 */
record HostileFile(String name, String mediaType, Supplier<byte[]> content, Set<String> outcomes) {

    static HostileFile of(String name, String mediaType, Supplier<byte[]> content, String... outcomes) {
        Set<String> possible = new TreeSet<>(Set.of(outcomes));
        if (possible.contains("too-much-memory")) {
            // on a slow machine time is over before memory is full
            possible.add("too-slow");
        }
        return new HostileFile(name, mediaType, content, possible);
    }

    static HostileFile text(String name, String mediaType, Supplier<String> content, String... outcomes) {
        return of(name, mediaType, () -> Documents.bytes(content.get()), outcomes);
    }

    @Override
    public String toString() {
        return name;
    }
}

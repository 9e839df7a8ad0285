package fr.carnet.document.overview;

import fr.carnet.document.RegistryPage;
import fr.carnet.document.overview.Rubric.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an overview found. The documents themselves are the rows of its page, each once, however often it is told.
 *
 * @param page the documents that are told
 * @param groups in the order of the answer
 */
public record Overview(RegistryPage page, List<Group> groups) {

    private static final String KEY = Overview.class.getName();

    /**
     * The documents of one rubric.
     *
     * @param rubric of which they are
     * @param total how many the caller sees
     * @param documents ids of those that are told, the most useful first
     */
    public record Group(Rubric rubric, int total, List<String> documents) {

        /** True for what stands in other groups as well, and is not counted again. */
        boolean repeats() {
            return rubric.side() == Side.EMERGENCY;
        }

        private Group without(Set<String> dropped) {
            List<String> kept =
                    documents.stream().filter(id -> !dropped.contains(id)).toList();
            return new Group(rubric, total - (documents.size() - kept.size()), kept);
        }
    }

    /** Leaves the overview and its page with the request, for sieve, trace and writer. */
    public void storeIn(Map<Object, Object> userData) {
        page.storeIn(userData);
        userData.put(KEY, this);
    }

    /** The overview of a request, with the rows and counts that the sieve left; null if it asks for none. */
    public static Overview of(Map<Object, Object> userData) {
        var found = (Overview) userData.get(KEY);
        return found == null ? null : found.of(RegistryPage.of(userData));
    }

    private Overview of(RegistryPage sieved) {
        Set<String> dropped = new HashSet<>();
        page.rows().forEach(row -> dropped.add(row.id()));
        sieved.rows().forEach(row -> dropped.remove(row.id()));
        return new Overview(
                sieved, groups.stream().map(group -> group.without(dropped)).toList());
    }

    /** How many documents the caller sees, each counted once. */
    int total() {
        return groups.stream()
                .filter(group -> !group.repeats())
                .mapToInt(Group::total)
                .sum();
    }
}

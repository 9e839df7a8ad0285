package fr.carnet.document;

import fr.carnet.shared.Visibility;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What is left of destroyed documents, lots and folders, so that their traces stay readable without titles (R95). */
public final class Tombstones {

    private final DSLContext dsl;

    Tombstones(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * What is left of one.
     *
     * @param patient FHIR id
     * @param visibility labels of a document; empty for a lot or folder
     * @param entries ids of the documents of a lot or folder; empty for a document
     */
    public record Tombstone(String patient, Set<Visibility> visibility, List<String> entries) {}

    /** By id; what was never destroyed is missing. */
    public Map<String, Tombstone> of(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return dsl
                .resultQuery(
                        "select id, patient_id, kind, visibility, refers_to from carnet.tombstone where id = any(?)",
                        (Object) ids.toArray(String[]::new))
                .fetch()
                .stream()
                .collect(Collectors.toMap(row -> row.get("id", String.class), Tombstones::tombstone));
    }

    private static Tombstone tombstone(Record row) {
        String[] labels = row.get("visibility", String[].class);
        boolean document = "D".equals(row.get("kind", String.class));
        return new Tombstone(
                row.get("patient_id", String.class),
                Arrays.stream(labels == null ? new String[0] : labels)
                        .map(Visibility::valueOf)
                        .collect(Collectors.toSet()),
                document ? List.of() : List.of(row.get("refers_to", String[].class)));
    }
}

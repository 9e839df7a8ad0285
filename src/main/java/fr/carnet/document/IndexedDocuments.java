package fr.carnet.document;

import static fr.carnet.document.RegistryTable.CONTENT;
import static fr.carnet.document.RegistryTable.DATE;
import static fr.carnet.document.RegistryTable.DELETED;
import static fr.carnet.document.RegistryTable.ID;
import static fr.carnet.document.RegistryTable.KEYS;
import static fr.carnet.document.RegistryTable.KIND;
import static fr.carnet.document.RegistryTable.PATIENT;
import static fr.carnet.document.RegistryTable.REGISTRY;
import static fr.carnet.document.RegistryTable.TITLE;
import static fr.carnet.document.RegistryTable.VERSION;

import fr.carnet.document.RegistryRow.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The documents of the registry as whoever indexes their words reads them; those that are deleted are not among them. */
public final class IndexedDocuments {

    private static final Condition INDEXED = KIND.eq(Kind.DOCUMENT.code()).and(DELETED.isFalse());

    private final DSLContext dsl;

    IndexedDocuments(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Documents by FHIR id, as they are now. */
    public Map<String, IndexedDocument> of(Collection<String> ids) {
        return dsl.select(ID, VERSION, PATIENT, KEYS, TITLE, CONTENT, DATE)
                .from(REGISTRY)
                .where(INDEXED)
                .and(ID.in(ids))
                .fetchMap(ID, IndexedDocuments::document);
    }

    private static IndexedDocument document(Record row) {
        return new IndexedDocument(
                row.get(ID),
                row.get(VERSION),
                row.get(PATIENT),
                Set.of(row.get(KEYS)),
                Optional.ofNullable(row.get(TITLE)),
                row.get(CONTENT),
                row.get(DATE).toInstant());
    }

    /**
     * Some documents in the order of their ids.
     *
     * @param last the last one before them
     * @param most how many
     * @return FHIR id of the patient by that of the document, in order; empty after the last
     */
    public Map<String, String> after(Optional<String> last, int most) {
        Map<String, String> batch = new LinkedHashMap<>();
        dsl.select(ID, PATIENT)
                .from(REGISTRY)
                .where(INDEXED)
                .and(last.map(ID::gt).orElse(DSL.noCondition()))
                .orderBy(ID)
                .limit(most)
                .forEach(row -> batch.put(row.get(ID), row.get(PATIENT)));
        return batch;
    }

    /** How many there are. */
    public int count() {
        return dsl.fetchCount(REGISTRY, INDEXED);
    }
}

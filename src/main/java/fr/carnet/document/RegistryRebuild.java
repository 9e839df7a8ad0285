package fr.carnet.document;

import static fr.carnet.document.RegistryTable.*;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ListResource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the registry equal to the resources again, or tells where it differs. Rows are frozen JSON: an upgrade of HAPI, a
 * new search word or a repair by SQL leaves them behind.
 *
 * <p>May run beside a serving server: requests that write wait for the batch at hand, requests that read do not.
 */
public final class RegistryRebuild {

    private final DSLContext dsl;
    private final StoredShares shares;
    private final RegistryProjection projection;
    private final TransactionTemplate transaction;

    RegistryRebuild(
            DSLContext dsl, StoredShares shares, RegistryProjection projection, TransactionTemplate transaction) {
        this.dsl = dsl;
        this.shares = shares;
        this.projection = projection;
        this.transaction = transaction;
    }

    /** Told after each batch. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many resources are done.
         *
         * @param done so far
         * @param total when the work began
         */
        void at(int done, int total);
    }

    /**
     * Writes the row of every document, lot and folder anew, in batches that commit by themselves, and removes rows without
     * a resource. Interrupted, it may simply be run again.
     *
     * @return number of rows written
     */
    public int rebuild(Progress progress) {
        transaction.executeWithoutResult(status -> {
            lock();
            dsl.deleteFrom(REGISTRY).where(shares.absent(ID)).execute();
        });
        int total = shares.count();
        int done = 0;
        for (Class<? extends DomainResource> type : StoredShares.TYPES) {
            var batch = shares.after(type, Long.MIN_VALUE);
            while (!batch.ids().isEmpty()) {
                List<String> ids = batch.ids();
                transaction.executeWithoutResult(status -> rewrite(type, ids));
                done += ids.size();
                progress.at(done, total);
                batch = shares.after(type, batch.last());
            }
        }
        transaction.executeWithoutResult(status -> {
            lock();
            dsl.deleteFrom(CLAIMS).where(unheld()).execute();
        });
        return done;
    }

    /** True of a uniqueId that the row it is noted for does not have: nobody could use it any more. */
    private static Condition unheld() {
        return DSL.notExists(DSL.selectOne().from(REGISTRY).where(claimed()));
    }

    private static Condition claimed() {
        return DSL.condition("{0} = registry.unique_id and {1} = registry.id", CLAIMED, HOLDER);
    }

    /** Nobody else writes rows until the commit, not even those who so far only locked one. */
    private void lock() {
        dsl.execute("lock table carnet.registry in exclusive mode");
    }

    /** Old rows go first, with whatever version and identifiers they claim. */
    private void rewrite(Class<? extends DomainResource> type, List<String> ids) {
        lock();
        var resources = ids.stream().map(id -> shares.read(type, id)).toList();
        var rows = resources.stream().map(projection::row).toList();
        dsl.deleteFrom(REGISTRY)
                .where(ID.in(ids))
                .or(UNIQUE_ID.in(rows.stream().map(row -> row.get(UNIQUE_ID)).toList()))
                .or(CONTENT.in(rows.stream()
                        .map(row -> row.get(CONTENT))
                        .filter(Objects::nonNull)
                        .toList()))
                .execute();
        dsl.deleteFrom(CLAIMS)
                .where(CLAIMED.in(
                        rows.stream().map(row -> (String) row.get(UNIQUE_ID)).toList()))
                .execute();
        resources.forEach(projection::write);
    }

    /**
     * Computes every row anew and compares it with the stored one, column by column. What was written meanwhile is looked
     * at twice.
     *
     * @return FHIR ids of resources with another row or none, and of rows without a resource; empty if all is well
     */
    public Set<String> drift(Progress progress) {
        Set<String> differing = new TreeSet<>(orphans());
        differing.addAll(misnoted());
        int total = shares.count();
        int done = 0;
        for (Class<? extends DomainResource> type : StoredShares.TYPES) {
            var batch = shares.after(type, Long.MIN_VALUE);
            while (!batch.ids().isEmpty()) {
                Set<String> suspects = differing(type, batch.ids());
                differing.addAll(differing(type, suspects));
                done += batch.ids().size();
                progress.at(done, total);
                batch = shares.after(type, batch.last());
            }
        }
        return differing;
    }

    private List<String> orphans() {
        return dsl.select(ID).from(REGISTRY).where(shares.absent(ID)).fetch(ID);
    }

    /** Rows whose uniqueId is not noted as theirs, and those for which one is noted that is not theirs. */
    private List<String> misnoted() {
        return dsl.select(ID)
                .from(REGISTRY)
                .where(DSL.notExists(DSL.selectOne().from(CLAIMS).where(claimed())))
                .union(DSL.select(HOLDER).from(CLAIMS).where(unheld()))
                .fetch(ID);
    }

    private <T extends DomainResource> Set<String> differing(Class<T> type, java.util.Collection<String> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Map<String, Record> stored =
                dsl.select(RegistryTable.ALL).from(REGISTRY).where(ID.in(ids)).fetchMap(ID, record -> record);
        return ids.stream()
                .filter(id -> !equal(expected(shares.read(type, id)), stored.get(id)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Map<Field<?>, Object> expected(DomainResource resource) {
        Map<Field<?>, Object> row = projection.row(resource);
        if (resource instanceof ListResource list) {
            row.put(KEYS, keysOf(list));
        }
        return row;
    }

    /** From the documents themselves: their rows may be wrong. */
    private String[] keysOf(ListResource list) {
        return DocumentResources.entries(list).stream()
                .map(id -> projection.row(shares.read(DocumentReference.class, id)))
                .flatMap(row -> Arrays.stream((String[]) row.get(KEYS)))
                .filter(key -> projection.opens(list, key))
                .distinct()
                .toArray(String[]::new);
    }

    private static boolean equal(Map<Field<?>, Object> expected, Record stored) {
        return stored != null
                && RegistryTable.ALL.stream()
                        .allMatch(column -> Objects.equals(plain(expected.get(column)), plain(stored.get(column))));
    }

    /** Arrays are sets, in any order; instants the same in any zone. */
    private static Object plain(Object value) {
        if (value instanceof String[] array) {
            return Arrays.stream(array).sorted().toList();
        }
        return value instanceof java.time.OffsetDateTime time ? time.toInstant() : value;
    }
}

package fr.carnet.document;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The current documents, lots and folders as HAPI stores them: the truth that the registry projects. */
final class StoredShares {

    /** Documents first: the keys of a lot are those of its documents. */
    static final List<Class<? extends DomainResource>> TYPES = List.of(DocumentReference.class, ListResource.class);

    private static final Table<Record> RESOURCE = DSL.table(name("public", "hfj_resource"));
    private static final Field<Long> PID = field(name("hfj_resource", "res_id"), SQLDataType.BIGINT);
    private static final Field<String> FHIR_ID = field(name("hfj_resource", "fhir_id"), SQLDataType.VARCHAR);
    private static final Field<String> TYPE = field(name("hfj_resource", "res_type"), SQLDataType.VARCHAR);
    private static final Condition CURRENT = DSL.condition("hfj_resource.res_deleted_at is null");
    private static final int BATCH = 200;

    private final DSLContext dsl;
    private final DaoRegistry daos;

    StoredShares(DSLContext dsl, DaoRegistry daos) {
        this.dsl = dsl;
        this.daos = daos;
    }

    /**
     * Some ids in the order of storage.
     *
     * @param ids FHIR ids; none after the last resource
     * @param last where the next batch begins
     */
    record Batch(List<String> ids, long last) {}

    int count() {
        return dsl.fetchCount(
                RESOURCE,
                TYPE.in(TYPES.stream().map(StoredShares::nameOf).toList()).and(CURRENT));
    }

    Batch after(Class<? extends DomainResource> type, long last) {
        var found = dsl.select(PID, FHIR_ID)
                .from(RESOURCE)
                .where(TYPE.eq(nameOf(type)))
                .and(CURRENT)
                .and(PID.gt(last))
                .orderBy(PID)
                .limit(BATCH)
                .fetch();
        return new Batch(
                found.getValues(FHIR_ID),
                found.isEmpty() ? last : found.get(found.size() - 1).get(PID));
    }

    /** True in SQL for a registry row that has no resource. */
    Condition absent(Field<String> id) {
        return DSL.notExists(
                DSL.selectOne().from(RESOURCE).where(FHIR_ID.eq(id)).and(CURRENT));
    }

    <T extends DomainResource> T read(Class<T> type, String id) {
        return daos.getResourceDao(type).read(new IdType(nameOf(type), id), new SystemRequestDetails());
    }

    private static String nameOf(Class<? extends DomainResource> type) {
        return type == ListResource.class ? "List" : type.getSimpleName();
    }
}

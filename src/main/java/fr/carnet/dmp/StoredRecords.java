package fr.carnet.dmp;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** The current resources of this room as HAPI stores them: the truth that its tables project. */
@Component
class StoredRecords {

    private static final List<String> TYPES =
            List.of(name(Consent.class), name(RelatedPerson.class), name(CareTeam.class), name(Patient.class));
    private static final Table<Record> RESOURCE = DSL.table(DSL.name("public", "hfj_resource"));
    private static final Field<Long> PID = field(DSL.name("hfj_resource", "res_id"), SQLDataType.BIGINT);
    private static final Field<String> FHIR_ID = field(DSL.name("hfj_resource", "fhir_id"), SQLDataType.VARCHAR);
    private static final Field<String> TYPE = field(DSL.name("hfj_resource", "res_type"), SQLDataType.VARCHAR);
    private static final Condition CURRENT = DSL.condition("hfj_resource.res_deleted_at is null");
    private static final int BATCH = 200;

    private final DSLContext dsl;
    private final DaoRegistry daos;

    StoredRecords(DSLContext dsl, DaoRegistry daos) {
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

    /** How many there are of all types. */
    int count() {
        return dsl.fetchCount(RESOURCE, TYPE.in(TYPES).and(CURRENT));
    }

    Batch after(Class<? extends Resource> type, long last) {
        var found = dsl.select(PID, FHIR_ID)
                .from(RESOURCE)
                .where(TYPE.eq(name(type)))
                .and(CURRENT)
                .and(PID.gt(last))
                .orderBy(PID)
                .limit(BATCH)
                .fetch();
        return new Batch(
                found.getValues(FHIR_ID),
                found.isEmpty() ? last : found.get(found.size() - 1).get(PID));
    }

    /** Ids in a column of a table of ours for which no resource is left. */
    Set<String> orphans(String table, String column) {
        Field<String> id = field(DSL.name(column), SQLDataType.CLOB);
        return dsl.select(id)
                .from(DSL.table(DSL.name("carnet", table)))
                .where(DSL.notExists(
                        DSL.selectOne().from(RESOURCE).where(FHIR_ID.eq(id)).and(CURRENT)))
                .fetchSet(id);
    }

    <T extends Resource> Optional<T> read(Class<T> type, String id) {
        try {
            return Optional.of(daos.getResourceDao(type).read(new IdType(name(type), id), SystemWrite.request()));
        } catch (ResourceNotFoundException | ResourceGoneException e) {
            return Optional.empty();
        }
    }

    private static String name(Class<? extends Resource> type) {
        return type.getSimpleName();
    }
}

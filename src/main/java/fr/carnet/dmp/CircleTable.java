package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts.CareTeam;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Repository;

/**
 * The tables {@code care_team}, {@code consent} and {@code related_person}: what the people around a patient and his choices
 * are found by. Takes part in the transaction of whoever stores the resource.
 */
@Repository
class CircleTable {

    /** A team as JSON, as {@link CareTeam} is read from it. */
    static final String TEAM = "jsonb_build_object('id', c.id, 'members', to_jsonb(c.members),"
            + " 'from', c.valid_from, 'until', c.valid_until)";

    private final DSLContext dsl;

    CircleTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** @param patientId empty for a team of a structure */
    void saveTeam(CareTeam team, Optional<String> patientId, Optional<String> structure) {
        dsl.query(
                        """
                        insert into carnet.care_team (id, patient_id, members, structure, valid_from, valid_until)
                        values (?, ?, ?::text[], ?, ?::timestamptz, ?::timestamptz)
                        on conflict (id) do update set patient_id = excluded.patient_id, members = excluded.members,
                            structure = excluded.structure, valid_from = excluded.valid_from,
                            valid_until = excluded.valid_until
                        """,
                        team.id(),
                        patientId.orElse(null),
                        team.members().stream().sorted().toArray(String[]::new),
                        structure.orElse(null),
                        team.from().map(Instant::toString).orElse(null),
                        team.until().map(Instant::toString).orElse(null))
                .execute();
    }

    void removeTeam(String id) {
        dsl.query("delete from carnet.care_team where id = ?", id).execute();
    }

    /** Ids of the active teams that name a patient, and of those of structures with one of these members. */
    List<String> teamsFor(String patientId, Collection<String> members) {
        return dsl.resultQuery(
                        "select id from carnet.care_team where patient_id = ?"
                                + " or (patient_id is null and members && ?::text[]) order by id",
                        patientId,
                        members.toArray(String[]::new))
                .fetch(0, String.class);
    }

    /** Ids of the active teams that count for a patient and contain a professional. */
    List<String> teamsOfMember(String patientId, String member) {
        return dsl.resultQuery(
                        "select id from carnet.care_team where members @> array[?]::text[]"
                                + " and (patient_id is null or patient_id = ?) order by id",
                        member,
                        patientId)
                .fetch(0, String.class);
    }

    /** Ids of the active teams that count for a patient and were declared in the name of a structure. */
    List<String> teamsOfStructure(String patientId, String structure) {
        return dsl.resultQuery(
                        "select id from carnet.care_team where structure = ?"
                                + " and (patient_id is null or patient_id = ?) order by id",
                        structure,
                        patientId)
                .fetch(0, String.class);
    }

    void saveConsent(String id, String patientId, StoredConsent said, boolean active, boolean secret) {
        dsl.query(
                        """
                        insert into carnet.consent
                            (id, patient_id, kind, concerned, declared_by, declared_at, active, secret)
                        values (?, ?, ?, ?, ?, ?::timestamptz, ?, ?)
                        on conflict (id) do update set patient_id = excluded.patient_id, kind = excluded.kind,
                            concerned = excluded.concerned, declared_by = excluded.declared_by,
                            declared_at = excluded.declared_at, active = excluded.active, secret = excluded.secret
                        """,
                        id,
                        patientId,
                        said.kind().name(),
                        said.concerned().orElse(null),
                        said.declaredBy().orElse(null),
                        said.declaredAt().toString(),
                        active,
                        secret)
                .execute();
    }

    void savePerson(String id, String patientId) {
        dsl.query(
                        "insert into carnet.related_person (id, patient_id) values (?, ?)"
                                + " on conflict (id) do update set patient_id = excluded.patient_id",
                        id,
                        patientId)
                .execute();
    }

    /** Nobody else writes the row of a team until the transaction ends. */
    void lockTeam(String id) {
        dsl.query("select 1 from carnet.care_team where id = ? for update", id).execute();
    }

    /** Ids of all choices on a record, ended ones included. */
    List<String> consentsOf(String patientId) {
        return dsl.resultQuery("select id from carnet.consent where patient_id = ? order by id", patientId)
                .fetch(0, String.class);
    }

    /** Ids of all who are or were related to a patient. */
    List<String> personsOf(String patientId) {
        return dsl.resultQuery("select id from carnet.related_person where patient_id = ? order by id", patientId)
                .fetch(0, String.class);
    }

    /** Digest of the rows with this FHIR id in the tables of this room. */
    String digest(String id) {
        return dsl.resultQuery("""
                        select coalesce(string_agg(md5(r.row), ',' order by r.row), '') from (
                            select f::text as row from carnet.patient_facts f where patient_id = {0}
                            union all select m::text from carnet.matricule m where patient_id = {0}
                            union all select c::text from carnet.care_team c where id = {0}
                            union all select c::text from carnet.consent c where id = {0}
                            union all select p::text from carnet.related_person p where id = {0}) r
                        """, DSL.val(id)).fetchSingle(0, String.class);
    }

    /** Removes the rows of what is no more. */
    void remove(String table, String column, String id) {
        dsl.deleteFrom(DSL.table(DSL.name("carnet", table)))
                .where(DSL.field(DSL.name(column), SQLDataType.CLOB).eq(id))
                .execute();
    }
}

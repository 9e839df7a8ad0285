package fr.carnet.dmp;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.PatientFacts.Authorisation;
import fr.carnet.policy.PatientFacts.CareTeam;
import fr.carnet.shared.Ins;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.springframework.stereotype.Repository;

/** The tables {@code patient_facts} and {@code matricule}; takes part in the transaction of whoever stores the resource. */
@Repository
class FactsTable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** One statement: the row and, beside it, the teams of the caller that count for this patient. */
    private static final String WITH_TEAMS = """
            select f.patient_id, f.facts, t.teams
            from carnet.patient_facts f
            left join lateral (
                select jsonb_agg(%s order by c.id) as teams
                from carnet.care_team c
                where c.members @> array[?]::text[] and (c.patient_id is null or c.patient_id = f.patient_id)
            ) t on true
            where\s""".formatted(CircleTable.TEAM);

    private static final String BEARER =
            "select m.patient_id from carnet.matricule m where m.ins_system = ? and m.ins_value = ?";

    /** Legal days are counted there (R184). */
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final String OTHERS = "another patient was registered with this matricule";

    private final DSLContext dsl;

    FactsTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** By any of his matricules (R9). */
    Optional<PatientFacts> byIns(Ins ins, String member) {
        return dsl.resultQuery(
                        WITH_TEAMS + "f.patient_id = (" + BEARER + ")",
                        member,
                        ins.domain().system(),
                        ins.value())
                .fetchOptional(FactsTable::policyFacts);
    }

    Optional<PatientFacts> byId(String patientId, String member) {
        return dsl.resultQuery(WITH_TEAMS + "f.patient_id = ?", member, patientId)
                .fetchOptional(FactsTable::policyFacts);
    }

    /** Teams that count for a patient and contain somebody who declared an access. */
    List<CareTeam> teams(String patientId, List<Authorisation> declared) {
        return dsl.resultQuery(
                        """
                        select id, members, valid_from, valid_until from carnet.care_team
                        where members && ?::text[] and (patient_id is null or patient_id = ?) order by id
                        """, declared.stream().map(Authorisation::professional).toArray(String[]::new), patientId)
                .fetch(FactsTable::team);
    }

    private static CareTeam team(Record row) {
        return new CareTeam(
                row.get("id", String.class),
                Set.of(row.get("members", String[].class)),
                instant(row, "valid_from"),
                instant(row, "valid_until"));
    }

    private static Optional<Instant> instant(Record row, String column) {
        return Optional.ofNullable(row.get(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    Optional<StoredFacts> find(String patientId) {
        return dsl.resultQuery("select facts from carnet.patient_facts where patient_id = ?", patientId)
                .fetchOptional(row -> stored(row.get("facts", JSONB.class)));
    }

    Map<String, PatientFacts> findAll(Collection<String> patientIds) {
        return dsl.resultQuery(
                        "select patient_id, facts from carnet.patient_facts where patient_id = any (?::text[])",
                        (Object) patientIds.toArray(String[]::new))
                .fetchMap(row -> row.get("patient_id", String.class), row -> stored(row.get("facts", JSONB.class))
                        .asPolicyFacts(row.get("patient_id", String.class), List.of()));
    }

    /** FHIR id of the patient who bears a matricule, or bore it (R9). */
    Optional<String> idOf(Ins ins) {
        return dsl.resultQuery(BEARER, ins.domain().system(), ins.value()).fetchOptional(0, String.class);
    }

    /** The facts, and nobody else changes them until the transaction ends. */
    Optional<StoredFacts> lock(String patientId) {
        return dsl.resultQuery("select facts from carnet.patient_facts where patient_id = ? for update", patientId)
                .fetchOptional(row -> stored(row.get("facts", JSONB.class)));
    }

    /** Ids of the patients for whose records something is due by time. */
    List<String> due(Instant now) {
        return dsl.resultQuery(
                        "select patient_id from carnet.patient_facts where due_on <= ?::date order by due_on, patient_id",
                        day(now))
                .fetch(0, String.class);
    }

    /** Locks the row of a patient if something is due for his record and nobody else is at it. */
    boolean lockIfDue(String patientId, Instant now) {
        return dsl.resultQuery(
                        "select 1 from carnet.patient_facts where patient_id = ? and due_on <= ?::date for update skip locked",
                        patientId,
                        day(now))
                .fetchOptional()
                .isPresent();
    }

    private static String day(Instant now) {
        return now.atZone(PARIS).toLocalDate().toString();
    }

    /**
     * Writes the row of a Patient, and keeps his matricules for him, those that he had before included (R9).
     *
     * @param dueOn day, in Europe/Paris, on which something falls due for the record
     * @throws ResourceVersionConflictException if another patient has the matricule
     */
    void save(String patientId, long version, StoredFacts facts, Optional<LocalDate> dueOn) {
        try {
            dsl.query(
                            """
                            insert into carnet.patient_facts (patient_id, ins_system, ins_value, version, facts, due_on)
                            values (?, ?, ?, ?, ?::jsonb, ?::date)
                            on conflict (patient_id) do update set ins_system = excluded.ins_system,
                                ins_value = excluded.ins_value, version = excluded.version, facts = excluded.facts,
                                due_on = excluded.due_on
                            """,
                            patientId,
                            facts.record().ins().domain().system(),
                            facts.record().ins().value(),
                            version,
                            json(facts),
                            dueOn.map(LocalDate::toString).orElse(null))
                    .execute();
        } catch (IntegrityConstraintViolationException e) {
            throw new ResourceVersionConflictException(OTHERS);
        }
        facts.record().matricules().forEach(ins -> reserve(ins, patientId));
    }

    private void reserve(Ins ins, String patientId) {
        int own = dsl.query("""
                        insert into carnet.matricule as m (ins_system, ins_value, patient_id) values (?, ?, ?)
                        on conflict (ins_system, ins_value) do update set patient_id = excluded.patient_id
                        where m.patient_id = excluded.patient_id
                        """, ins.domain().system(), ins.value(), patientId).execute();
        if (own == 0) {
            throw new ResourceVersionConflictException(OTHERS);
        }
    }

    void change(String patientId, StoredFacts facts) {
        dsl.query("update carnet.patient_facts set facts = ?::jsonb where patient_id = ?", json(facts), patientId)
                .execute();
    }

    /** Forgets whose matricules they are, before they are written anew from the Patient. */
    void release(String patientId) {
        dsl.query("delete from carnet.matricule where patient_id = ?", patientId)
                .execute();
    }

    private static PatientFacts policyFacts(Record row) {
        JSONB teams = row.get("teams", JSONB.class);
        return stored(row.get("facts", JSONB.class))
                .asPolicyFacts(row.get("patient_id", String.class), teams == null ? List.of() : teams(teams));
    }

    private static JSONB json(StoredFacts facts) {
        try {
            return JSONB.valueOf(JSON.writeValueAsString(facts));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredFacts stored(JSONB json) {
        try {
            return JSON.readValue(json.data(), StoredFacts.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CareTeam> teams(JSONB json) {
        try {
            return List.of(JSON.readValue(json.data(), CareTeam[].class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package fr.carnet.messaging.notice;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/** The table {@code carnet.notice_preference}; takes part in the transaction of whoever writes. */
@Repository
public class Preferences {

    private final DSLContext dsl;

    Preferences(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Of one patient. */
    public Preference of(String patient) {
        return dsl.resultQuery("select * from carnet.notice_preference where patient_id = ?", patient)
                .fetchOptional(Preferences::preference)
                .orElse(Preference.NONE);
    }

    /** Of many, in one statement; who said nothing is left out. */
    Map<String, Preference> of(Collection<String> patients) {
        return dsl.resultQuery("select * from carnet.notice_preference where patient_id = any (?::text[])", (Object)
                        patients.toArray(String[]::new))
                .fetchMap(row -> row.get("patient_id", String.class), Preferences::preference);
    }

    /**
     * Stores what somebody wants.
     *
     * @param byHolder he or who acts for him said it: what is registered later does not change the address
     */
    public void save(String patient, Preference preference, boolean byHolder) {
        dsl.query(
                        """
                        insert into carnet.notice_preference as p
                            (patient_id, email, own_email, by_holder, language, letter, documents, accesses)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (patient_id) do update set email = excluded.email, own_email = excluded.own_email,
                            by_holder = p.by_holder or excluded.by_holder, language = excluded.language,
                            letter = excluded.letter, documents = excluded.documents, accesses = excluded.accesses
                        """,
                        patient,
                        preference.email().orElse(null),
                        preference.ownEmail().orElse(null),
                        byHolder,
                        preference.language(),
                        preference.letter(),
                        preference.documents(),
                        preference.accesses())
                .execute();
    }

    /** Notes the address with which a patient was registered, unless he gave one himself. */
    void register(String patient, String email) {
        dsl.query("""
                        insert into carnet.notice_preference as p
                            (patient_id, email, by_holder, language, letter, documents, accesses)
                        values (?, ?, false, 'fr', false, true, true)
                        on conflict (patient_id) do update set email = excluded.email where not p.by_holder
                        """, patient, email).execute();
    }

    private static Preference preference(Record row) {
        return new Preference(
                Optional.ofNullable(row.get("email", String.class)),
                Optional.ofNullable(row.get("own_email", String.class)),
                row.get("language", String.class),
                row.get("letter", Boolean.class),
                row.get("documents", Boolean.class),
                row.get("accesses", Boolean.class));
    }
}

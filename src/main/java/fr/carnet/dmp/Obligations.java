package fr.carnet.dmp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Repository;

/**
 * The table {@code carnet.obligation}: notices that are owed, until the messages deliver them. Takes part in the
 * transaction of whoever owes one.
 */
@Repository
public class Obligations {

    private final DSLContext dsl;

    Obligations(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * Stores a notice. One that is stored already is not stored again: of a document ever, of a record while it waits.
     *
     * @param created when it came to be owed
     * @throws DataAccessResourceFailureException if it cannot be stored
     */
    public void add(OwedNotice notice, Instant created) {
        try {
            dsl.query(
                            """
                            insert into carnet.obligation (kind, rule, patient_id, document_id, due, created)
                            values (?, ?, ?, ?, ?::timestamptz, ?::timestamptz) on conflict do nothing
                            """,
                            notice.kind().name(),
                            notice.rule(),
                            notice.patient(),
                            notice.document().orElse(null),
                            at(notice.due()),
                            at(created))
                    .execute();
        } catch (DataAccessException e) {
            throw new DataAccessResourceFailureException("obligation not stored: SQLSTATE " + e.sqlState());
        }
    }

    /** Those of the documents of which a notice of this kind is stored, delivered or not. */
    public Set<String> told(OwedNotice.Kind kind, Collection<String> documents) {
        return dsl.resultQuery(
                        "select document_id from carnet.obligation where kind = ? and document_id = any (?::text[])",
                        kind.name(),
                        documents.toArray(String[]::new))
                .fetchSet(0, String.class);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

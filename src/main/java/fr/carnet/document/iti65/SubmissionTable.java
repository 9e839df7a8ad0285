package fr.carnet.document.iti65;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** First answers of submissions, so that the same lot sent again gets the same answer (R124). */
@Component
class SubmissionTable {

    private static final Table<Record> SUBMISSION = DSL.table(name("carnet", "submission"));
    private static final Field<String> UNIQUE_ID = field(name("unique_id"), SQLDataType.CLOB);
    private static final Field<String> DEPOSITOR = field(name("depositor"), SQLDataType.CLOB);
    private static final Field<String> DIGEST = field(name("digest"), SQLDataType.CLOB);
    private static final Field<String> ANSWER = field(name("answer"), SQLDataType.CLOB);

    private final DSLContext dsl;

    SubmissionTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * A submission that was stored.
     *
     * @param depositor who sent it
     * @param digest of its documents
     * @param answer JSON of the Bundle that was answered
     */
    record Stored(String depositor, String digest, String answer) {}

    Optional<Stored> find(String uniqueId) {
        return dsl.select(DEPOSITOR, DIGEST, ANSWER)
                .from(SUBMISSION)
                .where(UNIQUE_ID.eq(uniqueId))
                .fetchOptional(r -> new Stored(r.get(DEPOSITOR), r.get(DIGEST), r.get(ANSWER)));
    }

    void add(String uniqueId, Stored stored) {
        dsl.insertInto(SUBMISSION)
                .set(UNIQUE_ID, uniqueId)
                .set(DEPOSITOR, stored.depositor())
                .set(DIGEST, stored.digest())
                .set(ANSWER, stored.answer())
                .execute();
    }
}

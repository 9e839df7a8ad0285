package fr.carnet.token;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import fr.carnet.shared.Digest;
import fr.carnet.shared.DueJob;
import fr.carnet.shared.SingleUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * The assertions and proofs that were used, in PostgreSQL: one insertion decides, on whatever node. Their digests only are
 * kept.
 */
public final class StoredSingleUse implements SingleUse, DueJob {

    private static final Table<Record> USED = table(name("carnet", "used_assertion"));
    private static final Field<byte[]> DIGEST = field(name("digest"), SQLDataType.BINARY);
    private static final Field<OffsetDateTime> UNTIL = field(name("until"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final DSLContext dsl;

    /** @param dsl connections that commit by themselves */
    public StoredSingleUse(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public boolean first(String id, Instant until) {
        return Storage.ask(() -> dsl.insertInto(USED)
                        .columns(DIGEST, UNTIL)
                        .values(Digest.SHA_256.of(id.getBytes(StandardCharsets.UTF_8)), until.atOffset(ZoneOffset.UTC))
                        .onConflictDoNothing()
                        .execute())
                == 1;
    }

    /** Forgets those that are refused as stale by now. */
    @Override
    public void run(Instant now) {
        dsl.deleteFrom(USED).where(UNTIL.lt(now.atOffset(ZoneOffset.UTC))).execute();
    }
}

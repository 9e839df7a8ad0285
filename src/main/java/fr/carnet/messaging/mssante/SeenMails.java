package fr.carnet.messaging.mssante;

import fr.carnet.shared.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** The table {@code carnet.mail_seen}: a mail that is fetched again after a crash is not dealt with again. */
@Repository
class SeenMails {

    private final DSLContext dsl;

    SeenMails(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * Notes a mail, with what becomes of it in the same transaction.
     *
     * @param outcome a code
     * @return false if it was noted before
     */
    boolean note(byte[] key, String outcome, Instant now) {
        return dsl.query("""
                                insert into carnet.mail_seen (digest, seen, outcome) values (?, ?::timestamptz, ?)
                                on conflict (digest) do nothing
                                """, Digest.SHA_256.hex(key), now.atOffset(ZoneOffset.UTC), outcome)
                        .execute()
                == 1;
    }
}

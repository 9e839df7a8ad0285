package fr.carnet.token.login;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import fr.carnet.shared.Digest;
import fr.carnet.shared.Ins;
import fr.carnet.token.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Whose INS an account of the patients' provider is; the account is kept as a digest. */
final class LoginLinks {

    private static final Table<Record> LINKS = table(name("carnet", "login_link"));
    private static final Field<byte[]> ACCOUNT = field(name("account"), SQLDataType.BINARY);
    private static final Field<String> INS_SYSTEM = field(name("ins_system"), SQLDataType.VARCHAR);
    private static final Field<String> INS_VALUE = field(name("ins_value"), SQLDataType.VARCHAR);
    private static final Field<OffsetDateTime> SINCE = field(name("since"), SQLDataType.TIMESTAMPWITHTIMEZONE);

    private final DSLContext dsl;
    private final Clock clock;

    /** @param dsl connections that commit by themselves */
    LoginLinks(DSLContext dsl, Clock clock) {
        this.dsl = dsl;
        this.clock = clock;
    }

    /** INS of an account; empty where it was never established. */
    Optional<Ins> find(String issuer, String subject) {
        return Storage.ask(() -> dsl.select(INS_SYSTEM, INS_VALUE)
                        .from(LINKS)
                        .where(ACCOUNT.eq(account(issuer, subject)))
                        .fetchOptional())
                .map(row -> Ins.of(row.get(INS_SYSTEM), row.get(INS_VALUE)));
    }

    /** Keeps what was established; the first one stays. */
    void keep(String issuer, String subject, Ins ins) {
        Storage.ask(() -> dsl.insertInto(LINKS)
                .columns(ACCOUNT, INS_SYSTEM, INS_VALUE, SINCE)
                .values(
                        account(issuer, subject),
                        ins.domain().system(),
                        ins.value(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .onConflictDoNothing()
                .execute());
    }

    private static byte[] account(String issuer, String subject) {
        return Digest.SHA_256.of((issuer + " " + subject).getBytes(StandardCharsets.UTF_8));
    }
}

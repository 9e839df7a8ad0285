package fr.carnet.token.login;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.shared.Digest;
import fr.carnet.shared.DueJob;
import fr.carnet.token.Storage;
import fr.carnet.token.TokenError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Short-lived state of log-ins in PostgreSQL, for all nodes of the server. A row is found by a digest of its secret and
 * encrypted with a key made of it: whoever reads the database learns neither codes nor who logs in. Without database nobody
 * logs in: {@link TokenError#UPSTREAM_UNAVAILABLE}.
 */
public final class SealedTickets implements DueJob {

    private static final Table<Record> TICKETS = table(name("carnet", "login_ticket"));
    private static final Field<byte[]> DIGEST = field(name("digest"), SQLDataType.BINARY);
    private static final Field<OffsetDateTime> UNTIL = field(name("until"), SQLDataType.TIMESTAMPWITHTIMEZONE);
    private static final Field<byte[]> SEALED = field(name("sealed"), SQLDataType.BINARY);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IV_BYTES = 16;

    private final DSLContext dsl;
    private final Clock clock;

    /** @param dsl connections that commit by themselves */
    public SealedTickets(DSLContext dsl, Clock clock) {
        this.dsl = dsl;
        this.clock = clock;
    }

    /**
     * Keeps a content under a secret.
     *
     * @param secret random, of 128 bits or more, never used before
     */
    void keep(String secret, Duration lifetime, Object content) {
        try {
            byte[] closed = encryptor(secret).encrypt(JSON.writeValueAsBytes(content));
            Storage.ask(() -> dsl.insertInto(TICKETS)
                    .columns(DIGEST, UNTIL, SEALED)
                    .values(digest(secret), at(clock.instant().plus(lifetime)), closed)
                    .execute());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket that cannot be written", e);
        }
    }

    /** The content, which stays; empty if there is none, or its time is over. */
    <T> Optional<T> look(String secret, Class<T> type) {
        return Storage.ask(() ->
                        dsl.select(SEALED).from(TICKETS).where(live(secret)).fetchOptional(SEALED))
                .map(closed -> opened(secret, closed, type));
    }

    /** The content, for the one who comes first; empty if there is none, or its time is over. */
    <T> Optional<T> take(String secret, Class<T> type) {
        return Storage.ask(() -> dsl.deleteFrom(TICKETS)
                        .where(live(secret))
                        .returningResult(SEALED)
                        .fetchOptional(SEALED))
                .map(closed -> opened(secret, closed, type));
    }

    /** Forgets those whose time is over. */
    @Override
    public void run(Instant now) {
        dsl.deleteFrom(TICKETS).where(UNTIL.le(at(now))).execute();
    }

    private Condition live(String secret) {
        return DIGEST.eq(digest(secret)).and(UNTIL.gt(at(clock.instant())));
    }

    private static <T> T opened(String secret, byte[] closed, Class<T> type) {
        try {
            return JSON.readValue(encryptor(secret).decrypt(closed), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BytesEncryptor encryptor(String secret) {
        return new AesBytesEncryptor(
                new SecretKeySpec(derived("key", secret), "AES"),
                KeyGenerators.secureRandom(IV_BYTES),
                CipherAlgorithm.GCM);
    }

    private static byte[] digest(String secret) {
        return derived("row", secret);
    }

    private static byte[] derived(String use, String secret) {
        return Digest.SHA_256.of(
                use.getBytes(StandardCharsets.UTF_8), new byte[] {0}, secret.getBytes(StandardCharsets.UTF_8));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

package fr.carnet.outbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Where to put what is to leave the server. Takes part in the transaction of whoever puts it there. */
@Repository
public class Outbox {

    /** The statement of {@link #add}, for who adds with what it tells of in one statement; {@link #values} are its values. */
    public static final String INSERT = """
            insert into carnet.outbox (id, channel, subject, payload, created, due, tried_from)
            values (?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?::timestamptz)
            """;

    private final DSLContext dsl;

    Outbox(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * Adds an entry.
     *
     * @param channel that of a {@link Courier}
     * @param subject reference of whom it concerns, e.g. {@code Patient/…}
     * @param payload what the courier needs, with no more personal data than that
     * @param due not to be delivered before
     * @param now when it was added
     * @return its id, from which its Message-ID follows
     */
    public UUID add(String channel, String subject, String payload, Instant due, Instant now) {
        UUID id = UUID.randomUUID();
        dsl.query(INSERT, values(id, channel, subject, payload, due, now).toArray())
                .execute();
        return id;
    }

    /**
     * Values of {@link #INSERT}, as JDBC takes them.
     *
     * @param id random
     * @param channel as in {@link #add}, like those that follow
     */
    public static List<Object> values(
            UUID id, String channel, String subject, String payload, Instant due, Instant now) {
        return List.of(id, channel, subject, payload, OutboxTable.at(now), OutboxTable.at(due), OutboxTable.at(due));
    }

    /** Payloads of the entries of a channel that were given up. */
    public List<String> givenUp(String channel) {
        return dsl.resultQuery("select payload from carnet.outbox where state = 'DEAD' and channel = ?", channel)
                .fetch(0, String.class);
    }

    /** Forgets all that concerns somebody, sent or not (R22). */
    public void forget(String subject) {
        dsl.query("delete from carnet.outbox where subject = ?", subject).execute();
    }
}

package fr.carnet.outbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Repository;

/**
 * The table {@code carnet.outbox} as a round works on it: every method is one statement, and a transaction of its own. A
 * round changes only what it holds still.
 */
@Repository
class OutboxTable {

    private final DSLContext dsl;

    OutboxTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Takes what is due and in nobody's hand, or in that of a round that has not come back: the oldest first. */
    List<Parcel> take(String channel, UUID round, Instant now, Instant until, int most) {
        return dsl.resultQuery("""
                        with due as (
                            select id from carnet.outbox
                            where channel = ? and state = 'WAITING' and due <= ?::timestamptz
                                and (locked_until is null or locked_until <= ?::timestamptz)
                            order by due, id limit ? for update skip locked)
                        update carnet.outbox o
                        set holder = ?, locked_until = ?::timestamptz, started = null,
                            uncertain = uncertain + case when started is null then 0 else 1 end
                        from due where o.id = due.id
                        returning o.id, o.channel, o.subject, o.payload, o.tried_from, o.attempts
                        """, channel, at(now), at(now), most, round, at(until))
                .fetch(OutboxTable::parcel);
    }

    private static Parcel parcel(Record row) {
        return new Parcel(
                row.get("id", UUID.class),
                row.get("channel", String.class),
                row.get("subject", String.class),
                row.get("payload", String.class),
                row.get("tried_from", OffsetDateTime.class).toInstant(),
                row.get("attempts", Integer.class) + 1);
    }

    /** Notes that the courier has it from now on; false if the round does not hold it any more. */
    boolean start(Parcel parcel, UUID round, Instant now, Instant until) {
        return dsl.query("""
                                update carnet.outbox
                                set attempts = attempts + 1, started = ?::timestamptz, locked_until = ?::timestamptz
                                where id = ? and holder = ?
                                """, at(now), at(until), parcel.id(), round).execute() == 1;
    }

    /** It needs no further attempt: sent or withdrawn, without its payload; or dead, with it. */
    void finish(Parcel parcel, UUID round, State state, String code, Instant now) {
        dsl.query("""
                        update carnet.outbox
                        set state = ?, last_error = ?, finished = ?::timestamptz, holder = null, locked_until = null,
                            started = null, payload = case when ? then payload end
                        where id = ? and holder = ?
                        """, state.name(), code, at(now), state == State.DEAD, parcel.id(), round)
                .execute();
    }

    /** It is to be tried again. */
    void defer(Parcel parcel, UUID round, String code, boolean uncertain, Instant due) {
        dsl.query("""
                        update carnet.outbox
                        set last_error = ?, due = ?::timestamptz, holder = null, locked_until = null, started = null,
                            uncertain = uncertain + ?
                        where id = ? and holder = ?
                        """, code, at(due), uncertain ? 1 : 0, parcel.id(), round).execute();
    }

    /** Gives back what the round holds still. */
    void release(UUID round) {
        dsl.query("update carnet.outbox set holder = null, locked_until = null where holder = ?", round)
                .execute();
    }

    /** Forgets what left long ago. */
    void forgetFinishedBefore(Instant instant) {
        dsl.query(
                        "delete from carnet.outbox where state in ('SENT', 'WITHDRAWN') and finished < ?::timestamptz",
                        at(instant))
                .execute();
    }
}

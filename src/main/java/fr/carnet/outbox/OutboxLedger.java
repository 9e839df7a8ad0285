package fr.carnet.outbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

/** What waits, what was given up, what may have arrived twice: for whoever runs the server. Tells no payload and no subject. */
@Repository
public class OutboxLedger {

    private final DSLContext dsl;

    OutboxLedger(DSLContext dsl) {
        this.dsl = dsl;
    }

    /**
     * One entry.
     *
     * @param id from which its Message-ID follows
     * @param channel who carries it
     * @param state where it stands
     * @param created when it was added
     * @param due when it is tried next
     * @param attempts so far
     * @param uncertain attempts of which nobody knows whether it arrived: so many copies the receiver may have too many
     * @param lastError code of the last failure
     */
    public record Line(
            UUID id,
            String channel,
            State state,
            Instant created,
            Instant due,
            int attempts,
            int uncertain,
            Optional<String> lastError) {}

    /**
     * Which entries are meant.
     *
     * @param channel any if empty
     * @param state any if empty
     * @param uncertainOnly those alone that may have arrived twice
     */
    public record Selection(Optional<String> channel, Optional<State> state, boolean uncertainOnly) {

        Condition condition() {
            List<Condition> conditions = new ArrayList<>();
            channel.ifPresent(name -> conditions.add(DSL.condition("channel = ?", name)));
            state.ifPresent(wanted -> conditions.add(DSL.condition("state = ?", wanted.name())));
            if (uncertainOnly) {
                conditions.add(DSL.condition("uncertain > 0"));
            }
            return DSL.and(conditions);
        }
    }

    /** The oldest entries first. */
    public List<Line> lines(Selection selection, int most) {
        return dsl.select(DSL.asterisk())
                .from("carnet.outbox")
                .where(selection.condition())
                .orderBy(DSL.field("created"), DSL.field("id"))
                .limit(most)
                .fetch(OutboxLedger::line);
    }

    /** How many there are. */
    public int count(Selection selection) {
        return dsl.fetchCount(dsl.selectOne().from("carnet.outbox").where(selection.condition()));
    }

    private static Line line(Record row) {
        return new Line(
                row.get("id", UUID.class),
                row.get("channel", String.class),
                State.valueOf(row.get("state", String.class)),
                row.get("created", OffsetDateTime.class).toInstant(),
                row.get("due", OffsetDateTime.class).toInstant(),
                row.get("attempts", Integer.class),
                row.get("uncertain", Integer.class),
                Optional.ofNullable(row.get("last_error", String.class)));
    }

    /**
     * Puts what was given up back in line, with all its attempts before it again.
     *
     * @param channel any if empty
     * @param id this one alone
     * @return how many
     */
    public int replay(Optional<String> channel, Optional<UUID> id, Instant now) {
        return dsl.query("""
                        update carnet.outbox
                        set state = 'WAITING', tried_from = ?::timestamptz, due = ?::timestamptz, attempts = 0, finished = null
                        where state = 'DEAD' and channel = coalesce(?, channel) and id = coalesce(?::uuid, id)
                        """, OutboxTable.at(now), OutboxTable.at(now), channel.orElse(null), id.orElse(null))
                .execute();
    }

    /**
     * How many of a channel are in a state.
     *
     * @param state of the entries, or {@code UNCERTAIN}: those that may have arrived twice
     * @param oldest from when the first of them was to be delivered
     */
    record Figure(String channel, String state, long count, Instant oldest) {}

    /** Of what waits or was given up, one for each channel and state that has entries. */
    List<Figure> figures() {
        return dsl.resultQuery("""
                        select channel, state, count(*), min(tried_from) from carnet.outbox
                            where state in ('WAITING', 'DEAD') group by 1, 2
                        union all select channel, 'UNCERTAIN', count(*), min(tried_from) from carnet.outbox
                            where uncertain > 0 group by 1
                        """)
                .fetch(row -> new Figure(
                        row.get(0, String.class),
                        row.get(1, String.class),
                        row.get(2, Long.class),
                        row.get(3, OffsetDateTime.class).toInstant()));
    }
}

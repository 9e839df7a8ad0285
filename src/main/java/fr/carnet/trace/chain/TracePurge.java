package fr.carnet.trace.chain;

import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Destroys traces that were kept long enough (R95), always the beginning of a chain, and leaves a signed record of where it
 * ended, by which the rest still verifies. Works with the rights of the owner of the tables: those of the server do not
 * suffice.
 */
public final class TracePurge {

    private final DSLContext dsl;
    private final SealingKey key;

    /**
     * @param owner connection of the owner of the tables, in auto-commit
     * @param key signs what was destroyed
     */
    public TracePurge(Connection owner, SealingKey key) {
        this.dsl = DSL.using(owner, SQLDialect.POSTGRES);
        this.key = key;
    }

    /**
     * When a record was closed for the last time, as its traces tell.
     *
     * @param patient FHIR id of the Patient
     */
    public Optional<Instant> closed(String patient) {
        return dsl.resultQuery("""
                        select max(recorded_at) as closed from carnet.trace
                        where record_patient = ? and outcome = 'PERMITTED' and (action = 'CLOSE' or rule_id = 'R26')
                        """, patient)
                .fetchOptional("closed", OffsetDateTime.class)
                .map(OffsetDateTime::toInstant);
    }

    /**
     * Destroys all traces of a record.
     *
     * @param patient FHIR id of the Patient
     * @param at when, for the record of it
     * @return how many
     */
    public long purgeRecord(String patient, Instant at) {
        return purge("Patient/" + patient, Instant.MAX, "R95", at);
    }

    /**
     * Destroys the traces that concern no record and are older than this.
     *
     * @return how many
     */
    public long purgeServer(Instant before, Instant at) {
        return dsl
                .resultQuery("select chain from carnet.trace_head where chain like 'server/%' order by chain")
                .fetch(0, String.class)
                .stream()
                .mapToLong(chain -> purge(chain, before, "retention", at))
                .sum();
    }

    private long purge(String chain, Instant before, String reason, Instant at) {
        return dsl.transactionResult(transaction -> {
            DSLContext one = transaction.dsl();
            // nothing is added to the chain meanwhile
            one.fetch("select 1 from carnet.trace_head where chain = ? for update", chain);
            return last(one, chain, before)
                    .map(link -> destroy(
                            one,
                            new Purge(
                                    chain,
                                    link.get("chain_seq", Long.class),
                                    Hash.of(link.get("hash", byte[].class)),
                                    reason,
                                    at.truncatedTo(ChronoUnit.MICROS))))
                    .orElse(0L);
        });
    }

    /** The last row before the first that stays. */
    private static Optional<Record> last(DSLContext one, String chain, Instant before) {
        Optional<Long> kept = before.equals(Instant.MAX)
                ? Optional.empty()
                : one.resultQuery(
                                "select min(chain_seq) from carnet.trace where chain = ? and recorded_at >= ?::timestamptz",
                                chain,
                                before.atOffset(ZoneOffset.UTC))
                        .fetchOptional(0, Long.class);
        return one.resultQuery("""
                        select chain_seq, hash from carnet.trace where chain = ? and chain_seq < ?
                        order by chain_seq desc limit 1
                        """, chain, kept.orElse(Long.MAX_VALUE)).fetchOptional();
    }

    private long destroy(DSLContext one, Purge purge) {
        one.execute("set local carnet.purge = 'on'");
        one.query(
                        """
                        insert into carnet.trace_purge (chain, chain_seq, hash, reason, purged_at, signature)
                        values (?, ?, ?, ?, ?::timestamptz, ?)
                        """,
                        purge.chain(),
                        purge.place(),
                        purge.hash().bytes(),
                        purge.reason(),
                        purge.at().atOffset(ZoneOffset.UTC),
                        key.sign(purge.text()))
                .execute();
        one.query("""
                        delete from carnet.trace_delivery d using carnet.trace t
                        where t.chain = ? and t.chain_seq <= ? and d.seq = t.seq
                        """, purge.chain(), purge.place()).execute();
        return one.query("delete from carnet.trace where chain = ? and chain_seq <= ?", purge.chain(), purge.place())
                .execute();
    }
}

package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The roots as the database keeps them until every folder has them. */
record RootTable(DSLContext dsl) {

    private static final int PIECE = 5_000;
    private static final String COLUMNS =
            "select number, day, taken_at, previous, root, signature from carnet.trace_root ";

    Optional<Root> last() {
        return dsl.resultQuery(COLUMNS + "order by number desc limit 1").fetchOptional(RootTable::root);
    }

    Optional<Root> number(long number) {
        return dsl.resultQuery(COLUMNS + "where number = ?", number).fetchOptional(RootTable::root);
    }

    private static Root root(Record row) {
        return new Root(
                row.get("number", Long.class),
                row.get("day", LocalDate.class),
                row.get("taken_at", OffsetDateTime.class).toInstant(),
                Hash.of(row.get("previous", byte[].class)),
                Hash.of(row.get("root", byte[].class)),
                Base64.getEncoder().encodeToString(row.get("signature", byte[].class)));
    }

    /** The clock by which heads say when they changed. */
    Instant now() {
        return dsl.resultQuery("select now()")
                .fetchSingle(0, OffsetDateTime.class)
                .toInstant();
    }

    /** Notes for a root the heads that changed from this instant on. */
    void list(long number, Instant since) {
        dsl.query("""
                        insert into carnet.trace_root_head (number, chain, chain_seq, hash)
                        select ?, chain, chain_seq, hash from carnet.trace_head where changed_at >= ?::timestamptz
                        """, number, since.atOffset(ZoneOffset.UTC)).execute();
    }

    /** Shows the heads of a root in the order of their chains' bytes, a piece at a time. */
    void heads(long number, BiConsumer<String, Head> each) {
        try (var cursor = dsl.resultQuery("""
                        select chain, chain_seq, hash from carnet.trace_root_head where number = ?
                        order by chain collate "C"
                        """, number).fetchSize(PIECE).fetchLazy()) {
            cursor.forEach(row -> each.accept(
                    row.get("chain", String.class),
                    new Head(row.get("chain_seq", Long.class), Hash.of(row.get("hash", byte[].class)))));
        }
    }

    void add(Root root) {
        dsl.query(
                        """
                        insert into carnet.trace_root (number, day, taken_at, previous, root, signature)
                        values (?, ?::date, ?::timestamptz, ?, ?, ?)
                        """,
                        root.number(),
                        root.day(),
                        root.takenAt().atOffset(ZoneOffset.UTC),
                        root.previous().bytes(),
                        root.hash().bytes(),
                        Base64.getDecoder().decode(root.signature()))
                .execute();
    }
}

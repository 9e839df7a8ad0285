package fr.carnet.trace.chain;

import fr.carnet.trace.chain.ChainCheck.Head;
import fr.carnet.trace.chain.Finding.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * The tables of the traces, as a verification reads them: all columns of a row, whatever they are called, so that nothing
 * in it escapes its digest.
 */
record StoredTraces(Connection connection, Scope scope) {

    private static final int PIECE = 2_000;

    private PreparedStatement prepare(String sql, boolean later) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        int at = 1;
        if (later && scope.since().isPresent()) {
            statement.setObject(at++, scope.since().get().atOffset(ZoneOffset.UTC));
        }
        if (scope.patient().isPresent()) {
            statement.setString(at, "Patient/" + scope.patient().get());
        }
        statement.setFetchSize(PIECE);
        return statement;
    }

    private String ofRecord() {
        return scope.patient().map(id -> " and chain = ?").orElse("");
    }

    /**
     * Shows every row that has a place, chain by chain, in the order of places; with a scope in time, from the first row of
     * the chain that is in it: a later row may bear an earlier time, since nodes have their own clocks.
     */
    void rows(Consumer<Link> each) throws SQLException {
        String later = """
                join (select chain, min(chain_seq) as first from carnet.trace where recorded_at >= ? group by chain) later
                using (chain)
                where chain_seq >= first
                """;
        String sql = "select t.* from carnet.trace t "
                + scope.since().map(at -> later).orElse("where chain is not null")
                + ofRecord()
                + " order by chain, chain_seq, seq";
        try (PreparedStatement statement = prepare(sql, true);
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                each.accept(link(rows, columns));
            }
        }
    }

    private static Link link(ResultSet row, ResultSetMetaData columns) throws SQLException {
        Map<String, Object> content = new HashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            if (!RowDigest.PLACE.contains(name)) {
                content.put(name, value(row, columns.getColumnType(i), columns.getColumnTypeName(i), i));
            }
        }
        return new Link(
                row.getString("chain"),
                row.getLong("chain_seq"),
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                hash(row, "prev_hash"),
                hash(row, "digest"),
                Hash.of(RowDigest.of(content)),
                hash(row, "hash"));
    }

    private static Object value(ResultSet row, int type, String typeName, int column) throws SQLException {
        if (typeName.equals("timestamptz")) {
            return row.getObject(column, OffsetDateTime.class);
        }
        // pgjdbc tells booleans as bits
        if (type == Types.BIT || type == Types.BOOLEAN) {
            boolean value = row.getBoolean(column);
            return row.wasNull() ? null : value;
        }
        return row.getString(column);
    }

    /** What is not a hash is none: the row will not fit. */
    private static Hash hash(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes != null && bytes.length == Hash.sha256().getDigestLength() ? Hash.of(bytes) : Hash.NONE;
    }

    /** Where the chains end. */
    Map<String, Head> heads() throws SQLException {
        try (PreparedStatement statement =
                prepare("select chain, chain_seq, hash from carnet.trace_head where true" + ofRecord(), false)) {
            return heads(statement);
        }
    }

    /** Ends that moved since the scope began, but are not there. */
    Map<String, Head> cutSince() throws SQLException {
        try (PreparedStatement statement = prepare("""
                select chain, chain_seq, hash from carnet.trace_head h where changed_at >= ? and not exists
                    (select from carnet.trace t where t.chain = h.chain and t.chain_seq = h.chain_seq)
                """ + ofRecord(), true)) {
            return heads(statement);
        }
    }

    private static Map<String, Head> heads(PreparedStatement statement) throws SQLException {
        Map<String, Head> heads = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                heads.put(rows.getString("chain"), new Head(rows.getLong("chain_seq"), hash(rows, "hash")));
            }
        }
        return heads;
    }

    /** The last purge of each chain that is accepted, by its text and signature. */
    Map<String, Purge> purges(BiPredicate<Purge, byte[]> accepted) throws SQLException {
        Map<String, Purge> purges = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("select * from carnet.trace_purge order by chain_seq");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Purge purge = new Purge(
                        rows.getString("chain"),
                        rows.getLong("chain_seq"),
                        hash(rows, "hash"),
                        rows.getString("reason"),
                        rows.getObject("purged_at", OffsetDateTime.class).toInstant());
                if (scope.has(purge.chain()) && accepted.test(purge, rows.getBytes("signature"))) {
                    purges.put(purge.chain(), purge);
                }
            }
        }
        return purges;
    }

    long lastRoot() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select coalesce(max(number), 0) from carnet.trace_root");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Rows without a place: how many are older than the chains; those that are not are findings. */
    long outside(Consumer<Finding> finding) throws SQLException {
        long older = 0;
        try (PreparedStatement statement = connection.prepareStatement("""
                        select id, recorded_at, seq < coalesce((select min(seq) from carnet.trace where chain is not null),
                            9223372036854775807) as older
                        from carnet.trace where chain is null order by seq
                        """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getBoolean("older")) {
                    older++;
                } else {
                    finding.accept(new Finding(
                            Kind.OUTSIDE,
                            "",
                            0,
                            0,
                            Optional.of(new Finding.Row(
                                    rows.getObject("id", UUID.class),
                                    rows.getObject("recorded_at", OffsetDateTime.class)
                                            .toInstant()))));
                }
            }
        }
        return older;
    }
}

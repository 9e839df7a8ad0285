package fr.carnet.server.schema;

import fr.carnet.server.schema.SchemaState.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.exception.LiquibaseException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads what was done to the tables, with the rights of a role that serves requests, and changes nothing. */
public final class SchemaCheck {

    private static final String HAPI = "public." + HapiTables.LEDGER;
    private static final String CARNET = CarnetTables.SCHEMA + "." + CarnetTables.LEDGER;
    private static final String LOCK = CarnetTables.SCHEMA + "." + CarnetTables.LOCK;

    private SchemaCheck() {}

    /**
     * How the tables fit this program.
     *
     * @param connection of any role; stays open
     * @throws SQLException if the database does not answer
     */
    public static SchemaState of(Connection connection) throws SQLException {
        if (MigrationLock.isTaken(connection)) {
            return SchemaState.of(Kind.UNDER_WAY);
        }
        return ofQuiet(connection);
    }

    /** The same for whoever has the lock. */
    static SchemaState ofQuiet(Connection connection) throws SQLException {
        var database = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        Map<String, Boolean> ledgers = ledgers(database);
        if (ledgers.isEmpty()) {
            return SchemaState.of(Kind.MISSING);
        }
        if (ledgers.containsValue(false)) {
            return new SchemaState(
                    Kind.UNREADABLE, List.of(connection.getMetaData().getUserName()));
        }
        try {
            return compare(ledgers.keySet(), new HapiTables(connection), database);
        } catch (LiquibaseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SchemaState compare(Set<String> ledgers, HapiTables hapi, JdbcTemplate database)
            throws LiquibaseException {
        if (isLocked(ledgers, hapi, database)) {
            return SchemaState.of(Kind.INTERRUPTED);
        }
        CarnetTables.Difference ours = ledgers.contains(CARNET)
                ? CarnetTables.difference(database)
                : new CarnetTables.Difference(CarnetTables.all(), List.of(), List.of());
        return Stream.of(
                        new SchemaState(
                                Kind.NEWER,
                                Stream.concat(hapi.unknown().stream(), ours.unknown().stream())
                                        .toList()),
                        new SchemaState(Kind.CHANGED, ours.changed()),
                        new SchemaState(
                                Kind.OLDER,
                                Stream.concat(hapi.pending().stream(), ours.pending().stream())
                                        .toList()))
                .filter(state -> !state.changes().isEmpty())
                .findFirst()
                .orElse(SchemaState.of(Kind.CURRENT));
    }

    /** By a row that HAPI or Liquibase left: nobody migrates now. */
    private static boolean isLocked(Set<String> ledgers, HapiTables hapi, JdbcTemplate database) {
        if (ledgers.contains(HAPI) && hapi.lock().isPresent()) {
            return true;
        }
        return ledgers.contains(LOCK)
                && Boolean.TRUE.equals(database.queryForObject(
                        "select coalesce(bool_or(locked), false) from carnet.databasechangeloglock", Boolean.class));
    }

    /** Which of the lists exist, and whether this role may read them. */
    private static Map<String, Boolean> ledgers(JdbcTemplate database) {
        return database
                .query(
                        "select n.nspname || '.' || c.relname,"
                                + " has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')"
                                + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where c.relkind = 'r' and n.nspname || '.' || c.relname in (?, ?, ?)",
                        (row, number) -> Map.entry(row.getString(1), row.getBoolean(2)),
                        HAPI,
                        CARNET,
                        LOCK)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a && b, TreeMap::new));
    }
}

package fr.carnet.server.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One migration at a time: an advisory lock of the session that migrates, so that PostgreSQL lets it go when that session ends,
 * however it ends. HAPI and Liquibase each lock by a row, which outlives whoever was killed.
 */
final class MigrationLock {

    /** "carnet" in ASCII; nothing else in the database takes it. */
    private static final long KEY = 0x6361726E6574L;

    private MigrationLock() {}

    /** Takes the lock for the rest of the session if nobody has it. */
    static boolean tryTake(Connection connection) throws SQLException {
        return ask(connection, "select pg_try_advisory_lock(?)");
    }

    /** Waits for the lock, and takes it for the rest of the session. */
    static void take(Connection connection) throws SQLException {
        ask(connection, "select pg_advisory_lock(?) is not null");
    }

    /** Lets the lock go before the session ends: PostgreSQL takes a moment to notice that. */
    static void release(Connection connection) throws SQLException {
        ask(connection, "select pg_advisory_unlock(?)");
    }

    /** True if another session has it. */
    static boolean isTaken(Connection connection) throws SQLException {
        return ask(
                connection,
                "select exists(select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
                        + " and (classid::bigint << 32 | objid::bigint) = ? and pid <> pg_backend_pid()"
                        + " and database = (select oid from pg_database where datname = current_database()))");
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, KEY);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}

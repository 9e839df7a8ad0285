package fr.carnet.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Where the database is, and the two identities that use it.
 *
 * @param url JDBC URL of a PostgreSQL database
 * @param owner owns the tables and migrates them
 * @param serving serves requests: may add traces, never change one
 */
public record DatabaseAccess(String url, Credentials owner, Credentials serving) {

    /** Of every session. PostgreSQL repeats the refused row in its messages: personal data. */
    static final Map<String, String> PRIVATE = Map.of("logServerErrorDetail", "false", "ApplicationName", "carnet");

    /** @throws NullPointerException if a component is missing */
    public DatabaseAccess {
        Objects.requireNonNull(url);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(serving);
    }

    /**
     * A session of its own, outside every pool.
     *
     * @param user whose session
     * @throws SQLException if the database does not answer, or refuses him
     */
    public Connection open(Credentials user) throws SQLException {
        var properties = new Properties();
        if (user.username() != null) {
            properties.put("user", user.username());
        }
        if (user.password() != null) {
            properties.put("password", user.password());
        }
        PRIVATE.forEach(properties::put);
        return DriverManager.getConnection(url, properties);
    }

    /**
     * A database user.
     *
     * @param username role name
     * @param password its password; never shown
     */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }
}

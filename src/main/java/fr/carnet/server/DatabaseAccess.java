package fr.carnet.server;

import java.util.Objects;

/**
 * Where the database is, and the two identities that use it.
 *
 * @param url JDBC URL of a PostgreSQL database
 * @param owner owns the tables and migrates them at start
 * @param serving serves requests: may add traces, never change one
 */
public record DatabaseAccess(String url, Credentials owner, Credentials serving) {

    /** @throws NullPointerException if a component is missing */
    public DatabaseAccess {
        Objects.requireNonNull(url);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(serving);
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

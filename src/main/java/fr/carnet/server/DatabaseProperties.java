package fr.carnet.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of a production server.
 *
 * @param url JDBC URL, e.g. {@code jdbc:postgresql://db:5432/carnet}
 * @param username role that serves requests
 * @param password its password
 * @param ownerUsername role that owns and migrates the tables, for the commands that ask for it; the serving one when absent
 * @param ownerPassword its password
 * @param poolSize connections kept for requests
 */
@ConfigurationProperties("carnet.database")
record DatabaseProperties(
        String url,
        String username,
        String password,
        String ownerUsername,
        String ownerPassword,
        @DefaultValue("24") int poolSize) {

    DatabaseAccess access() {
        var serving = new DatabaseAccess.Credentials(username, password);
        var owner = ownerUsername == null ? serving : new DatabaseAccess.Credentials(ownerUsername, ownerPassword);
        return new DatabaseAccess(url, owner, serving);
    }
}

package fr.carnet.deploy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Without a container, with what {@code postgres-start} and {@code postgres-roles} give to the one in a container. */
final class EmbeddedDatabase implements Database {

    private final EmbeddedPostgres postgres;

    EmbeddedDatabase(Trial trial) {
        try {
            Path key =
                    Files.copy(trial.secrets().resolve("db.key"), trial.home().resolve("db.key"));
            // as PostgreSQL wants it
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("ssl", "on")
                    .setServerConfig(
                            "ssl_cert_file", trial.secrets().resolve("db.pem").toString())
                    .setServerConfig("ssl_key_file", key.toString())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var sql = new JdbcTemplate(postgres.getPostgresDatabase());
        sql.execute("create role carnet_owner login createrole password '"
                + trial.secret("carnet.database.owner-password") + "'");
        sql.execute("create role carnet login password '" + trial.secret("carnet.database.password") + "'");
        sql.execute("create database carnet owner carnet_owner");
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

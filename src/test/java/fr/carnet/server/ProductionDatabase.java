package fr.carnet.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/** A PostgreSQL as a production server finds it: a role that owns the database, and one that serves. */
public final class ProductionDatabase implements AutoCloseable {

    private static final String OWNER = "carnet_owner";
    private static final String SERVING = "carnet";

    private final EmbeddedPostgres postgres;
    private final AtomicInteger made = new AtomicInteger();

    /** Starts it, with the two roles and no database. */
    public ProductionDatabase() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        superuser("postgres")
                .execute("create role " + OWNER + " login createrole password 'o'; create role " + SERVING
                        + " login password 's'");
    }

    /** A new database of the owner, empty or a copy of another one; its name. */
    public String create(String template) {
        String name = "carnet" + made.incrementAndGet();
        superuser("postgres").execute("create database " + name + " owner " + OWNER + " template " + template);
        return name;
    }

    /** A new empty database; its name. */
    public String create() {
        return create("template0");
    }

    /** SQL as the superuser. */
    public JdbcTemplate superuser(String database) {
        return new JdbcTemplate(postgres.getDatabase("postgres", database));
    }

    /** A session of the superuser. */
    public Connection session(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    /** Settings of a server: it knows nothing of the owner. */
    public List<String> serving(String database) {
        return List.of(
                "--carnet.database.url=jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database,
                "--carnet.database.username=" + SERVING,
                "--carnet.database.password=s");
    }

    /** Settings of a command that changes tables. */
    public List<String> owning(String database) {
        return plus(
                serving(database), "--carnet.database.owner-username=" + OWNER, "--carnet.database.owner-password=o");
    }

    /** The other settings without which no production server starts; key and roots are made in the folder. */
    public static List<String> server(Path folder) {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            Path pem = Files.writeString(
                    folder.resolve("key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
            return List.of(
                    "--carnet.public-base-url=https://carnet.example",
                    "--carnet.issuers[0].issuer=https://issuer.example",
                    "--carnet.issuers[0].jwks-uri=https://issuer.example/jwks",
                    "--carnet.trace.signing-key=" + pem,
                    "--carnet.trace.roots=" + Files.createDirectories(folder.resolve("roots")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings and more of them. */
    public static List<String> plus(List<String> settings, String... more) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package fr.carnet.sandbox;

import fr.carnet.server.DatabaseAccess;
import fr.carnet.server.DatabaseAccess.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;

/** PostgreSQL inside the sandbox: the same engine as in production, as durable, in one folder. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class EmbeddedDatabase {

    private static final String SERVING = "carnet_serving";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param directory where the data stays over restarts */
    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(@Value("${carnet.sandbox.data-dir}") Path directory) throws IOException {
        Path data = Files.createDirectories(directory).resolve("postgresql").toAbsolutePath();
        new Postmaster(data).stopOrphan(PATIENCE);
        // the library's defaults are for tests: what is acknowledged here must survive
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("log_parameter_max_length", "0")
                .setServerConfig("log_parameter_max_length_on_error", "0")
                .setPGStartupWait(PATIENCE)
                .start();
    }

    @Bean
    DatabaseAccess embeddedAccess(EmbeddedPostgres postgres) {
        var jdbc = new JdbcTemplate(postgres.getPostgresDatabase());
        boolean exists = Boolean.TRUE.equals(
                jdbc.queryForObject("select exists(select from pg_roles where rolname = ?)", Boolean.class, SERVING));
        if (!exists) {
            jdbc.execute("create role " + SERVING + " login password '" + SERVING + "'");
        }
        return new DatabaseAccess(
                // not the library's URL: it names the superuser, and would win over the credentials
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                new Credentials("postgres", "postgres"),
                new Credentials(SERVING, SERVING));
    }
}

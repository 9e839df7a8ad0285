package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.carnet.faults.Issuer;
import fr.carnet.faults.Practice;
import fr.carnet.server.Publication;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.Lot;
import fr.carnet.token.establishment.TlsClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What Carnet with the settings of the compose file does on its PostgreSQL, whatever either of them runs in. The tests follow
 * each other, as a first installation does.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class DeploymentContract {

    private final Issuer issuer = new Issuer();
    private Trial trial;
    private Optional<Database> database = Optional.empty();
    private Optional<Program> program = Optional.empty();
    private FhirClient door;

    /** Starts PostgreSQL. */
    abstract Database database(Trial trial, ComposeFile compose);

    /** Makes the program ready for its commands; starts nothing. */
    abstract Program program(Trial trial, ComposeFile compose, Database database);

    /** Where the program finds the keys of this issuer. */
    URI keys(Issuer issuer) {
        return issuer.keys();
    }

    @BeforeAll
    void begin() {
        trial = Trial.begin();
        ComposeFile compose = trial.compose(Issuer.PUBLIC_BASE, Issuer.NAME, keys(issuer));
        database = Optional.of(database(trial, compose));
        program = Optional.of(program(trial, compose, database.get()));
    }

    @AfterAll
    void end() {
        program.ifPresent(Program::close);
        database.ifPresent(Database::close);
        issuer.close();
    }

    @Order(1)
    @Test
    void tablesAreMadeByTheirOwnerAndFitWhoeverServes() {
        Ended applied = program.orElseThrow().run("migrate");
        assertThat(applied.code()).as(applied.told()).isZero();
        assertThat(applied.told()).contains("carnet:text-index");

        Ended checked = program.orElseThrow().run("node-1", "migrate", "--check");
        assertThat(checked.code()).as(checked.told()).isZero();
    }

    @Order(2)
    @Test
    void serverStartsOverTlsAndSaysThatItIsWell() throws IOException {
        URI base = URI.create(program.orElseThrow().serve() + "/fhir");
        door = new FhirClient(base, TlsClients.anonymous(List.of(trial.authorityCertificate())));

        Ended health = program.orElseThrow().health();
        assertThat(health.code()).as(health.told()).isZero();
        assertThat(door.send("nobody", Call.get("DocumentReference")).status()).isEqualTo(401);
    }

    @Order(3)
    @Test
    void whatIsPublishedIsFoundAndRead() {
        var practice = new Practice(issuer, door);
        practice.open(Publication.ALICE);
        Lot lot = Practice.lot(Publication.ALICE);
        practice.publish(lot);
        practice.isWhole(lot);
    }

    @Order(4)
    @Test
    void whoeverServesIsEncryptedAndCannotAlterATrace() {
        JdbcTemplate sql = serving();
        assertThat(sql.queryForList(
                        "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'carnet'",
                        Boolean.class))
                .containsExactly(true);
        assertThatThrownBy(() -> sql.execute("delete from carnet.trace"))
                .hasRootCauseMessage("ERROR: permission denied for table trace");
    }

    /** Only where TLS ends at the node: the sandbox has no such bundle. */
    @Order(5)
    @Test
    void nodeTellsWhenItsCertificatesEnd() throws IOException {
        URL metrics = program.orElseThrow()
                .management()
                .resolve("/actuator/prometheus")
                .toURL();
        try (InputStream told = metrics.openStream()) {
            assertThat(new String(told.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> line.startsWith("ssl_chain_expiry_seconds{"))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line).contains("bundle=\"carnet\"");
                        assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                                .isGreaterThan((double) Duration.ofDays(14).toSeconds());
                    });
        }
    }

    private JdbcTemplate serving() {
        String url = "jdbc:postgresql://localhost:" + database.orElseThrow().port()
                + "/carnet?sslmode=verify-full&sslrootcert=" + trial.authority();
        return new JdbcTemplate(new DriverManagerDataSource(url, "carnet", trial.secret("carnet.database.password")));
    }

    Program program() {
        return program.orElseThrow();
    }
}

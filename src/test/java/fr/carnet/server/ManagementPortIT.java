package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import fr.carnet.server.RawHttp.Ask;
import fr.carnet.server.RawHttp.Reply;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** The port for whoever runs the server: health and metrics, and nothing else of it or of the other port. */
class ManagementPortIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final String READINESS = "/actuator/health/readiness";

    private static Reply ask(String method, String path) {
        return RawHttp.send("", new Ask(method, SERVER.management() + path, Map.of(), ""));
    }

    @Channel(50)
    @Test
    void healthTellsItsStateAndNoMore() {
        assertThat(ask("GET", "/actuator/health").body())
                .isEqualTo("{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");
        assertThat(ask("GET", "/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(ask("GET", READINESS).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void metricsAreThoseOfServerPoolAndMachine() {
        Reply metrics = ask("GET", "/actuator/prometheus");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("carnet_sieve_drops_total", "hikaricp_connections_active{", "jvm_memory_used_bytes{");
    }

    @Channel({48, 49, 50})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /actuator",
                "GET /actuator/env",
                "GET /actuator/heapdump",
                "GET /actuator/metrics",
                "GET /actuator/loggers",
                "GET /actuator/threaddump",
                "GET /actuator/health/database",
                "GET /actuator/health/readiness/database",
                "GET /fhir/metadata",
                "GET /fhir/Patient",
                "GET /ig/",
                "GET /oauth2/jwks",
                "GET /.well-known/oauth-authorization-server",
                "GET /sandbox",
                "GET /error",
                "POST /sandbox/reset",
                "POST /sandbox/token",
                "POST /oauth2/token",
                "POST /actuator/health",
                "DELETE /actuator/prometheus"
            })
    void nothingElseIsServed(String line) {
        Reply reply = ask(line.split(" ", 2)[0], line.split(" ", 2)[1]);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aCrookedPathIsRefusedWithoutATrace() {
        assertThat(ask("GET", "/actuator//health").status()).isEqualTo(400);
    }

    @Test
    void aServerThatShutsDownIsNotReady() {
        var context = WebApplicationContextUtils.getRequiredWebApplicationContext(SERVER.bean(ServletContext.class));
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(ask("GET", READINESS).status()).isEqualTo(503);
            assertThat(ask("GET", "/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void aServerWithoutItsDatabaseIsNotReady() {
        HealthEndpointGroups groups = SERVER.bean(HealthEndpointGroups.class);
        assertThat(groups.get("readiness").isMember("database")).isTrue();
        assertThat(groups.get("liveness").isMember("database")).isFalse();
        DatabaseAccess access = SERVER.bean(DatabaseAccess.class);
        var owner = new JdbcTemplate(new DriverManagerDataSource(
                access.url(), access.owner().username(), access.owner().password()));
        owner.execute("create role probe login password 'probe'");
        var config = new HikariConfig();
        config.setJdbcUrl(access.url());
        config.setUsername("probe");
        config.setPassword("probe");
        try (var health = new DatabaseHealth(config)) {
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            owner.execute("alter role probe nologin");
            owner.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'probe'");
            long start = System.nanoTime();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            owner.execute("alter role probe login");
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        } finally {
            owner.execute("drop role probe");
        }
    }
}

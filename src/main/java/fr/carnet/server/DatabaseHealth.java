package fr.carnet.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Whether the database answers within two seconds; a node without it is sent no requests. It is asked on a connection of its
 * own: requests that have taken all others are no reason to send them elsewhere.
 */
final class DatabaseHealth implements HealthIndicator, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HikariDataSource one;

    /** @param access to the database; of a pool, one connection is kept */
    DatabaseHealth(HikariConfig access) {
        access.setMaximumPoolSize(1);
        access.setConnectionTimeout(PATIENCE.toMillis());
        access.setValidationTimeout(PATIENCE.toMillis());
        one = new HikariDataSource(access);
    }

    @Override
    public Health health() {
        try (Connection connection = one.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds())
                    ? Health.up().build()
                    : Health.down().build();
        } catch (SQLException e) {
            return Health.down().build();
        }
    }

    @Override
    public void close() {
        one.close();
    }
}

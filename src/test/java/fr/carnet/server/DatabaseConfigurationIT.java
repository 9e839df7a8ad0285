package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.server.schema.SchemaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

class DatabaseConfigurationIT {

    private static final RunningServer SERVER = RunningServer.get();

    @Test
    void serverDoesNotWaitForASilentDatabaseForEver() throws SQLException {
        try (Connection connection = SERVER.bean(DataSource.class).getConnection()) {
            assertThat(Duration.ofMillis(connection.getNetworkTimeout())).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void commandThatReadsAllThereIsWaitsAsLongAsItTakes() throws Exception {
        var properties = new DatabaseProperties(null, null, null, null, null, 1);
        DataSource ofACommand = new DatabaseConfiguration()
                .dataSource(
                        SERVER.bean(DatabaseAccess.class),
                        properties,
                        SERVER.bean(SchemaState.class),
                        new GenericApplicationContext());
        try (var pool = (ServingPool) ofACommand;
                Connection connection = pool.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }
}

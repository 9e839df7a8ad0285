package fr.carnet.trace;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** An embedded PostgreSQL with the table of traces, as its owner and as the serving role. */
final class TraceDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    final DataSource owner;
    final DataSource app;

    TraceDatabase() throws IOException, SQLException, LiquibaseException {
        postgres = EmbeddedPostgres.builder().start();
        owner = postgres.getPostgresDatabase();
        app = postgres.getDatabase("carnet_app", "postgres");
        migrate();
    }

    void migrate() throws SQLException, LiquibaseException {
        try (Connection connection = owner.getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase("fr/carnet/trace/changelog.yaml", new ClassLoaderResourceAccessor(), database)
                    .update(new Contexts());
        }
    }

    /** A copy of everything, as a backup restored beside it. */
    DataSource copy(String name) throws SQLException {
        try (Connection connection =
                        postgres.getDatabase("postgres", "template1").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template postgres");
        }
        return postgres.getDatabase("postgres", name);
    }

    /** As the serving role, for another process. */
    String url() {
        return postgres.getJdbcUrl("carnet_app", "postgres");
    }

    DSLContext dsl() {
        return DSL.using(new TransactionAwareDataSourceProxy(app), SQLDialect.POSTGRES);
    }

    static void execute(DataSource as, String... statements) throws SQLException {
        try (Connection connection = as.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

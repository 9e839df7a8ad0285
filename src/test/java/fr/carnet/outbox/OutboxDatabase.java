package fr.carnet.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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

/** An embedded PostgreSQL with the table of the outbox, as the serving role sees it. */
public final class OutboxDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    final DataSource app;
    final DSLContext dsl;

    /** Starts it. */
    public OutboxDatabase() throws IOException, SQLException, LiquibaseException {
        this("fr/carnet/outbox/changelog.yaml");
    }

    /** Starts one with other tables. */
    public OutboxDatabase(String changelog) throws IOException, SQLException, LiquibaseException {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase(changelog, new ClassLoaderResourceAccessor(), database).update(new Contexts());
        }
        app = postgres.getDatabase("carnet_app", "postgres");
        dsl = DSL.using(new TransactionAwareDataSourceProxy(app), SQLDialect.POSTGRES);
    }

    /** As the serving role, for another process. */
    public String url() {
        return postgres.getJdbcUrl("carnet_app", "postgres");
    }

    /** As the serving role. */
    public DSLContext dsl() {
        return dsl;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package fr.carnet.server;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.ui.LoggerUIService;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables: HAPI's in {@code public} by HAPI's migrator, ours in {@code carnet} by Liquibase. Both lock, so that several
 * nodes may start at once.
 */
final class Schema {

    private static final String CHANGELOG = "db/carnet/changelog.yaml";

    private Schema() {}

    /**
     * Brings the database up to date and grants the serving role what it needs.
     *
     * @param owner connects as the owner
     * @param servingRole role that serves requests
     */
    static Schema migrate(DataSource owner, String servingRole) throws SQLException, LiquibaseException {
        migrateHapi(owner);
        migrateOurs(owner, servingRole);
        return new Schema();
    }

    private static void migrateHapi(DataSource owner) {
        var migrator =
                new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, owner, DriverTypeEnum.POSTGRES_9_4);
        migrator.addTasks(new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()));
        migrator.createMigrationTableIfRequired();
        migrator.migrate();
    }

    private static void migrateOurs(DataSource owner, String servingRole) throws SQLException, LiquibaseException {
        new JdbcTemplate(owner).execute("create schema if not exists carnet");
        try (Connection connection = owner.getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName("carnet");
            database.setLiquibaseSchemaName("carnet");
            var parameters = new liquibase.changelog.ChangeLogParameters(database);
            parameters.set("servingRole", servingRole);
            Map<String, Object> quiet = Map.of(liquibase.Scope.Attr.ui.name(), new LoggerUIService());
            liquibase.Scope.child(quiet, () -> new CommandScope(UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGELOG)
                    .addArgumentValue("changeLogParameters", parameters)
                    .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                    .execute());
        } catch (LiquibaseException | SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }
}

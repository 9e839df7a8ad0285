package fr.carnet.server.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.ChangeExecListenerCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Our tables, in {@code carnet}, and Liquibase's list of what was done to them. */
final class CarnetTables {

    static final String SCHEMA = "carnet";
    static final String LEDGER = "databasechangelog";
    static final String LOCK = "databasechangeloglock";
    private static final String CHANGELOG = "db/carnet/changelog.yaml";

    /** A change as the database has it. */
    private record Done(String id, String checksum) {}

    private CarnetTables() {}

    /** What the database has against what the program knows, by the names of the changes. */
    record Difference(List<String> pending, List<String> unknown, List<String> changed) {}

    /** Reads what was done; says nothing of changes that are made at every migration but whether they were made. */
    static Difference difference(JdbcTemplate database) throws LiquibaseException {
        List<ChangeSet> known = changeLog().getChangeSets();
        Map<String, String> done = database
                .query(
                        "select author || ':' || id, md5sum from carnet.databasechangelog",
                        (row, number) -> new Done(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Done::id, Done::checksum));
        Set<String> names = known.stream().map(CarnetTables::name).collect(Collectors.toSet());
        return new Difference(
                known.stream()
                        .map(CarnetTables::name)
                        .filter(name -> !done.containsKey(name))
                        .toList(),
                done.keySet().stream()
                        .filter(name -> !names.contains(name))
                        .sorted()
                        .toList(),
                known.stream()
                        .filter(change -> !change.shouldAlwaysRun() && done.containsKey(name(change)))
                        .filter(change -> !change.isCheckSumValid(CheckSum.parse(done.get(name(change)))))
                        .map(CarnetTables::name)
                        .toList());
    }

    /** All changes that the program knows. */
    static List<String> all() throws LiquibaseException {
        return changeLog().getChangeSets().stream().map(CarnetTables::name).toList();
    }

    private static DatabaseChangeLog changeLog() throws LiquibaseException {
        var resources = new ClassLoaderResourceAccessor();
        return ChangeLogParserFactory.getInstance()
                .getParser(CHANGELOG, resources)
                .parse(CHANGELOG, new ChangeLogParameters(new PostgresDatabase()), resources);
    }

    /**
     * Brings the tables up to date and grants the serving role what it needs, in one transaction: Liquibase would commit a
     * change first, and what it notes of it afterwards.
     *
     * @param connection of the owner, without a transaction
     * @param servingRole role that serves requests
     * @param progress is told each change
     */
    static void migrate(Connection connection, String servingRole, Consumer<String> progress)
            throws SQLException, LiquibaseException {
        new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .execute("create schema if not exists carnet");
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new OneTransaction(connection));
        database.setDefaultSchemaName(SCHEMA);
        database.setLiquibaseSchemaName(SCHEMA);
        // of one that was killed: whoever is here has the migration's lock
        LockService lock = LockServiceFactory.getInstance().getLockService(database);
        if (lock.listLocks().length > 0) {
            lock.forceReleaseLock();
        }
        update(database, servingRole, progress);
        connection.commit();
    }

    private static void update(Database database, String servingRole, Consumer<String> progress)
            throws LiquibaseException {
        var parameters = new ChangeLogParameters(database);
        parameters.set("servingRole", servingRole);
        try {
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> new CommandScope(
                            UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGELOG)
                    .addArgumentValue("changeLogParameters", parameters)
                    .addArgumentValue(ChangeExecListenerCommandStep.CHANGE_EXEC_LISTENER_ARG, new Told(progress))
                    .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                    .execute());
        } catch (LiquibaseException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }

    private static String name(ChangeSet change) {
        return change.getAuthor() + ":" + change.getId();
    }

    /** A connection on which Liquibase commits to a savepoint: whoever gave the connection commits. */
    private static final class OneTransaction extends JdbcConnection {

        private Savepoint reached;

        OneTransaction(Connection connection) throws SQLException {
            super(connection);
            connection.setAutoCommit(false);
            reached = connection.setSavepoint();
        }

        @Override
        public void commit() throws DatabaseException {
            try {
                getUnderlyingConnection().releaseSavepoint(reached);
                reached = getUnderlyingConnection().setSavepoint();
            } catch (SQLException e) {
                throw new DatabaseException(e);
            }
        }

        @Override
        public void rollback() throws DatabaseException {
            try {
                getUnderlyingConnection().rollback(reached);
            } catch (SQLException e) {
                throw new DatabaseException(e);
            }
        }
    }

    /** Tells each change as it begins. */
    private static final class Told extends AbstractChangeExecListener {

        private final Consumer<String> progress;

        Told(Consumer<String> progress) {
            this.progress = progress;
        }

        @Override
        public void willRun(ChangeSet change, DatabaseChangeLog log, Database database, ChangeSet.RunStatus status) {
            progress.accept(name(change));
        }
    }
}

package fr.carnet.server.schema;

import ca.uhn.fhir.jpa.config.util.ResourceTypeUtil;
import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrationLock;
import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.IHapiMigrationCallback;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.entity.HapiMigrationEntity;
import ca.uhn.fhir.jpa.migrate.taskdef.BaseTask;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** HAPI's tables, in {@code public}, and HAPI's list of what was done to them. */
final class HapiTables {

    static final String LEDGER = SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME;
    private static final DriverTypeEnum DRIVER = DriverTypeEnum.POSTGRES_9_4;

    private final MigrationTaskList tasks = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
    private final DataSource database;
    private final HapiMigrationDao ledger;

    /** @param connection for all of it: HAPI's transactions, and ours around them */
    HapiTables(Connection connection) {
        // wrapped, for HAPI would destroy a source that can be destroyed
        database = new DelegatingDataSource(new SingleConnectionDataSource(connection, true));
        ledger = new HapiMigrationDao(database, DRIVER, LEDGER);
    }

    /** What a migration would do; the list of what was done has to be there. */
    List<String> pending() {
        return StreamSupport.stream(
                        new HapiMigrationStorageSvc(ledger).diff(tasks).spliterator(), false)
                // the migrator leaves them out, and notes nothing of them
                .filter(task -> !task.isHeavyweightSkippableTask())
                .map(HapiTables::name)
                .toList();
    }

    /** What was done that this version of HAPI does not know. */
    List<String> unknown() {
        Set<MigrationVersion> known = StreamSupport.stream(tasks.spliterator(), false)
                .map(task -> MigrationVersion.fromVersion(task.getMigrationVersion()))
                .collect(Collectors.toSet());
        return done().stream()
                .filter(version -> !known.contains(version))
                .map(version -> "HAPI " + version.getVersion())
                .sorted()
                .toList();
    }

    /** Id of the row by which a migration locks: one that ended has none. */
    Optional<String> lock() {
        return ledger.findFirstByPidAndNotDescription(HapiMigrationLock.LOCK_PID, "")
                .map(HapiMigrationEntity::getDescription);
    }

    /**
     * Brings the tables up to date. HAPI makes new ones statement by statement, and takes half of them for all of them at the
     * next try: they are made in one transaction. Later changes are noted one by one, and can be made again.
     *
     * @param progress is told each change
     */
    void migrate(Consumer<String> progress) {
        if (exist()) {
            change(progress);
        } else {
            new TransactionTemplate(new DataSourceTransactionManager(database))
                    .executeWithoutResult(status -> change(progress));
        }
    }

    /** The first thing that is noted is that they were made. */
    private boolean exist() {
        boolean noted = Boolean.TRUE.equals(new JdbcTemplate(database)
                .queryForObject(
                        "select exists(select from pg_tables where schemaname = 'public' and tablename = ?)",
                        Boolean.class,
                        LEDGER));
        return noted && !done().isEmpty();
    }

    private Set<MigrationVersion> done() {
        return ledger.fetchSuccessfulMigrationVersions().stream()
                // the row of a lock, and that of the list itself
                .filter(version -> version.getVersion() != null)
                .collect(Collectors.toSet());
    }

    private void change(Consumer<String> progress) {
        var migrator = new HapiMigrator(LEDGER, database, DRIVER);
        migrator.addTasks(tasks);
        migrator.setCallbacks(List.of(new IHapiMigrationCallback() {
            @Override
            public void preExecution(BaseTask task) {
                progress.accept(name(task));
            }
        }));
        migrator.createMigrationTableIfRequired();
        // of one that was killed: whoever is here has the migration's lock
        lock().ifPresent(migrator::clearMigrationLockWithUUID);
        migrator.migrate();
        nameTypes();
    }

    /** HAPI does it when it first starts; of two nodes that start together on new tables one would fail. */
    private void nameTypes() {
        new JdbcTemplate(database)
                .batchUpdate(
                        "insert into public.hfj_resource_type (res_type_id, res_type)"
                                + " select nextval('public.seq_resource_type'), ?"
                                + " on conflict (res_type) do nothing",
                        ResourceTypeUtil.generateResourceTypes().stream()
                                .map(type -> new Object[] {type})
                                .toList());
    }

    private static String name(BaseTask task) {
        return "HAPI " + task.getMigrationVersion();
    }
}

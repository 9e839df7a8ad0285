package fr.carnet.server.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import liquibase.exception.LiquibaseException;

/**
 * Brings the tables up to date, one migration at a time. Whoever is killed at it leaves nothing that the next one cannot go on
 * from: everything happens in one session, which holds the lock and ends with its statement.
 */
public final class SchemaMigration {

    private final Connection owner;
    private final String servingRole;

    /**
     * Prepares a migration.
     *
     * @param owner session of the role that owns the tables, in no transaction; its own, to be closed after the migration
     * @param servingRole role that serves requests, which is granted what it needs
     */
    public SchemaMigration(Connection owner, String servingRole) {
        this.owner = owner;
        this.servingRole = servingRole;
    }

    /**
     * Migrates.
     *
     * @param waiting is told if another migration has to end first
     * @param progress is told each change as it begins
     * @throws UnfitSchema if only another version of the program knows these tables
     * @throws SQLException if the database does not answer, or refuses
     * @throws LiquibaseException if one of our changes fails; none of them was made then
     * @throws ca.uhn.fhir.jpa.migrate.HapiMigrationException if one of HAPI's changes fails; those before it stay
     */
    public void apply(Runnable waiting, Consumer<String> progress) throws SQLException, LiquibaseException {
        if (!MigrationLock.tryTake(owner)) {
            waiting.run();
            MigrationLock.take(owner);
        }
        SchemaState found = SchemaCheck.ofQuiet(owner);
        if (found.isOfAnotherProgram()) {
            throw new UnfitSchema(found);
        }
        new HapiTables(owner).migrate(progress);
        CarnetTables.migrate(owner, servingRole, progress);
        MigrationLock.release(owner);
    }
}

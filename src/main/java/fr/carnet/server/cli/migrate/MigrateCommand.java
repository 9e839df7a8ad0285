package fr.carnet.server.cli.migrate;

import ca.uhn.fhir.jpa.migrate.HapiMigrationException;
import fr.carnet.server.Carnet;
import fr.carnet.server.DatabaseAccess;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import fr.carnet.server.schema.SchemaCheck;
import fr.carnet.server.schema.SchemaMigration;
import fr.carnet.server.schema.SchemaState;
import fr.carnet.server.schema.UnfitSchema;
import fr.carnet.shared.Texts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import liquibase.exception.LiquibaseException;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code migrate --check} and {@code migrate --apply}, with the settings of the database alone. Exit codes: 0 the tables are
 * those of this program, 1 they are not, or the migration failed, 2 bad arguments.
 */
@Command(name = "migrate", mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @ArgGroup(multiplicity = "1")
    private Task task;

    @Mixin
    private ServerContext server;

    /** One of the two. */
    static final class Task {
        @Option(names = "--check", required = true)
        private boolean check;

        @Option(names = "--apply", required = true)
        private boolean apply;

        boolean isApply() {
            return apply && !check;
        }
    }

    /** What may go wrong in a database. */
    @FunctionalInterface
    private interface Work {
        int on(DatabaseAccess access, Connection owner) throws SQLException, LiquibaseException;
    }

    @Override
    public Integer call() {
        return server.run(spec, Carnet.database(), context -> run(context, task.isApply() ? this::apply : this::check));
    }

    private int run(ApplicationContext context, Work work) {
        DatabaseAccess access = context.getBean(DatabaseAccess.class);
        try (Connection owner = access.open(access.owner())) {
            return work.on(access, owner);
        } catch (UnfitSchema e) {
            spec.commandLine().getErr().println(e.sentence(texts()));
        } catch (SQLException | LiquibaseException | HapiMigrationException e) {
            voice.complain(
                    "migrate.failed",
                    NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
        return 1;
    }

    private int check(DatabaseAccess access, Connection owner) throws SQLException {
        SchemaState state = SchemaCheck.of(owner);
        state.changes().forEach(change -> voice.say("migrate.change", change));
        spec.commandLine().getOut().println(state.sentence(texts()));
        return state.isCurrent() ? 0 : 1;
    }

    private int apply(DatabaseAccess access, Connection owner) throws SQLException, LiquibaseException {
        new SchemaMigration(owner, access.serving().username())
                .apply(() -> voice.say("migrate.waiting"), change -> voice.say("migrate.progress", change));
        voice.say("migrate.done");
        return 0;
    }

    private Texts texts() {
        return Texts.of(voice.texts().getLocale().getLanguage());
    }
}

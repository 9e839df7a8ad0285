package fr.carnet.server.cli.trace;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.policy.RecordLife;
import fr.carnet.policy.RecordState;
import fr.carnet.server.DatabaseAccess;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import fr.carnet.trace.chain.SealingKey;
import fr.carnet.trace.chain.TracePurge;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code trace purge}: destroys, as the owner of the tables, the traces of records closed ten years ago and destroyed (R95),
 * and old ones that concern no record; only counts them unless told to execute.
 */
@Command(name = "purge", mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Mixin
    private ServerContext server;

    @Option(names = "--execute")
    private boolean execute;

    @Option(names = "--server-retention", defaultValue = "P1Y")
    private Period retention;

    @Override
    public Integer call() {
        return server.run(spec, this::purge);
    }

    private int purge(ApplicationContext context) {
        DatabaseAccess access = context.getBean(DatabaseAccess.class);
        Instant now = context.getBean(Clock.class).instant();
        try (Connection owner = access.open(access.owner())) {
            TracePurge purge = new TracePurge(owner, context.getBean(SealingKey.class));
            List<String> records = context.getBean(PatientRecords.class).inState(RecordState.DESTROYED).stream()
                    .filter(id -> purge.closed(id)
                            .filter(closed -> RecordLife.letsTracesGo(RecordState.DESTROYED, closed, now))
                            .isPresent())
                    .toList();
            if (!execute) {
                voice.say("trace.would-purge", records.size(), retention);
                return 0;
            }
            for (String id : records) {
                voice.say("trace.purged-record", id, purge.purgeRecord(id, now));
            }
            Instant before = now.atOffset(ZoneOffset.UTC).minus(retention).toInstant();
            voice.say("trace.purged-server", purge.purgeServer(before, now), before);
            return 0;
        } catch (SQLException e) {
            voice.say("trace.database", e.getSQLState());
            return 1;
        }
    }
}

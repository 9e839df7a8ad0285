package fr.carnet.server.cli.outbox;

import fr.carnet.outbox.OutboxLedger;
import fr.carnet.outbox.OutboxLedger.Line;
import fr.carnet.outbox.OutboxLedger.Selection;
import fr.carnet.outbox.State;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code outbox list} and {@code outbox replay}, with the configuration of the server that they are run for. Exit codes: 0
 * done, 1 nothing to replay or failure, 2 bad arguments.
 */
@Command(name = "outbox", mixinStandardHelpOptions = true)
public final class OutboxCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("outbox.which");
    }

    @Command(name = "list", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--channel", descriptionKey = "carnet.outbox.channel") Optional<String> channel,
            @Option(names = "--state", descriptionKey = "carnet.outbox.list.state") Optional<State> state,
            @Option(names = "--uncertain", descriptionKey = "carnet.outbox.list.uncertain") boolean uncertain,
            @Option(names = "--most", defaultValue = "100", descriptionKey = "carnet.outbox.list.most") int most,
            @Mixin ServerContext server) {
        return server.run(spec, context -> {
            OutboxLedger ledger = context.getBean(OutboxLedger.class);
            var selection = new Selection(channel, state, uncertain);
            ledger.lines(selection, most).forEach(line -> tell(line));
            voice.say("outbox.count", ledger.count(selection));
            return 0;
        });
    }

    private void tell(Line line) {
        voice.say(
                "outbox.line",
                line.id(),
                line.channel(),
                line.state(),
                line.created(),
                line.due(),
                line.attempts(),
                line.uncertain(),
                line.lastError().orElse("-"));
    }

    @Command(name = "replay", mixinStandardHelpOptions = true)
    int replay(
            @Option(names = "--channel", descriptionKey = "carnet.outbox.channel") Optional<String> channel,
            @Option(names = "--id", descriptionKey = "carnet.outbox.replay.id") Optional<UUID> id,
            @Mixin ServerContext server) {
        return server.run(spec, context -> {
            int replayed = context.getBean(OutboxLedger.class)
                    .replay(channel, id, context.getBean(Clock.class).instant());
            voice.say("outbox.replayed", replayed);
            return replayed > 0 ? 0 : 1;
        });
    }
}

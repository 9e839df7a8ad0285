package fr.carnet.server.cli.reindex;

import fr.carnet.fulltext.IndexUnavailable;
import fr.carnet.fulltext.Reindexing;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code reindex}, with the configuration of the server that it is run for. The index that is searched stays until the new one
 * is whole. Exit codes: 0 done, 1 the engine does not answer or another node is at it, 2 bad arguments.
 */
@Command(name = "reindex", mixinStandardHelpOptions = true)
public final class ReindexCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Mixin
    private ServerContext server;

    @Override
    public Integer call() {
        return server.run(spec, context -> {
            try {
                OptionalInt done =
                        context.getBean(Reindexing.class).run((at, total) -> voice.say("reindex.progress", at, total));
                done.ifPresentOrElse(
                        documents -> voice.say("reindex.done", documents), () -> voice.say("reindex.busy"));
                return done.isPresent() ? 0 : 1;
            } catch (IndexUnavailable e) {
                voice.say("reindex.unavailable");
                return 1;
            }
        });
    }
}

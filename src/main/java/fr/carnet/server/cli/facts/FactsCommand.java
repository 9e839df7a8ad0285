package fr.carnet.server.cli.facts;

import fr.carnet.dmp.RecordRebuild;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code facts rebuild} and {@code facts check}: what {@code registry} does for records, without its documents. Exit codes: 0
 * done and equal, 1 differences or failure, 2 bad arguments.
 */
@Command(name = "facts", mixinStandardHelpOptions = true)
public final class FactsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("registry.which");
    }

    @Command(name = "rebuild", mixinStandardHelpOptions = true)
    int rebuild(@Mixin ServerContext server) {
        return server.run(spec, context -> {
            voice.say("facts.rebuilt", context.getBean(RecordRebuild.class).rebuild(this::tell));
            return 0;
        });
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Mixin ServerContext server) {
        return server.run(spec, context -> {
            Set<String> drift = context.getBean(RecordRebuild.class).drift(this::tell);
            drift.forEach(id -> voice.say("registry.differs", id));
            voice.say(drift.isEmpty() ? "facts.equal" : "facts.drift", drift.size());
            return drift.isEmpty() ? 0 : 1;
        });
    }

    private void tell(int done, int total) {
        voice.say("registry.progress", done, total);
    }
}

package fr.carnet.server.cli.registry;

import fr.carnet.dmp.RecordRebuild;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code registry rebuild} and {@code registry check}, with the configuration of the server that they are run for: its
 * environment, and its arguments after the command. Exit codes: 0 done and equal, 1 differences or failure, 2 bad arguments.
 */
@Command(name = "registry", mixinStandardHelpOptions = true)
public final class RegistryCommand implements Runnable {

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
            int rows = context.getBean(RegistryRebuild.class).rebuild(this::tell);
            context.getBean(RecordRebuild.class).rebuild(this::tell);
            voice.say("registry.rebuilt", rows);
            return 0;
        });
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Mixin ServerContext server) {
        return server.run(spec, context -> {
            Set<String> drift =
                    new TreeSet<>(context.getBean(RegistryRebuild.class).drift(this::tell));
            drift.addAll(context.getBean(RecordRebuild.class).drift(this::tell));
            drift.forEach(id -> voice.say("registry.differs", id));
            voice.say(drift.isEmpty() ? "registry.equal" : "registry.drift", drift.size());
            return drift.isEmpty() ? 0 : 1;
        });
    }

    private void tell(int done, int total) {
        voice.say("registry.progress", done, total);
    }
}

package fr.carnet.server.cli.registry;

import fr.carnet.dmp.RecordRebuild;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.cli.context.ServerContext;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code registry rebuild} and {@code registry check}, with the configuration of the server that they are run for: its
 * environment, and its arguments after the command. Exit codes: 0 done and equal, 1 differences or failure, 2 bad arguments.
 */
@Command(name = "registry", mixinStandardHelpOptions = true)
public final class RegistryCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.resourceBundle().getString("registry.which"));
    }

    @Command(name = "rebuild", mixinStandardHelpOptions = true)
    int rebuild(@Mixin ServerContext server) {
        return server.with(context -> {
            int rows = context.getBean(RegistryRebuild.class)
                    .rebuild((done, total) -> server.say("registry.progress", done, total));
            context.getBean(RecordRebuild.class).rebuild((done, total) -> server.say("registry.progress", done, total));
            server.say("registry.rebuilt", rows);
            return 0;
        });
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Mixin ServerContext server) {
        return server.with(context -> {
            Set<String> drift = new TreeSet<>(context.getBean(RegistryRebuild.class)
                    .drift((done, total) -> server.say("registry.progress", done, total)));
            drift.addAll(context.getBean(RecordRebuild.class)
                    .drift((done, total) -> server.say("registry.progress", done, total)));
            drift.forEach(id -> server.say("registry.differs", id));
            server.say(drift.isEmpty() ? "registry.equal" : "registry.drift", drift.size());
            return drift.isEmpty() ? 0 : 1;
        });
    }
}

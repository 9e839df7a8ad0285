package fr.carnet.server.cli.trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trace verify} and {@code trace purge}. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        subcommands = {VerifyCommand.class, PurgeCommand.class})
public final class TraceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.resourceBundle().getString("trace.which"));
    }
}

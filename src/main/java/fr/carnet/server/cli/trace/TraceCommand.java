package fr.carnet.server.cli.trace;

import fr.carnet.server.cli.Voice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code trace verify} and {@code trace purge}. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        subcommands = {VerifyCommand.class, PurgeCommand.class})
public final class TraceCommand implements Runnable {

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("trace.which");
    }
}

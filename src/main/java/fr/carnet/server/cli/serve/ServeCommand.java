package fr.carnet.server.cli.serve;

import fr.carnet.server.cli.ServerContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code serve}: starts the server and stays until it is stopped. Exit codes: 1 it did not start, 2 bad arguments, otherwise
 * that of the signal that stopped it.
 */
@Command(name = "serve", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerContext server;

    @Override
    public Integer call() throws InterruptedException {
        return server.serve(spec);
    }
}

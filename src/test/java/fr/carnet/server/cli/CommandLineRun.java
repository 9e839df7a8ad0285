package fr.carnet.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command left behind.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandLineRun(int code, String out, String err) {

    /** Runs a command. */
    public static CommandLineRun of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine line = CarnetCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(args);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}

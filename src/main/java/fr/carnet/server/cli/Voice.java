package fr.carnet.server.cli;

import java.util.ResourceBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command speaks to who is at the keyboard: in sentences of the bundle, results here, complaints there. */
@Command
public final class Voice {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The sentence. */
    public String text(String key, Object... arguments) {
        return texts().getString(key).formatted(arguments);
    }

    /** The sentences in the language of the reader. */
    public ResourceBundle texts() {
        return spec.resourceBundle();
    }

    /** Onto the standard output. */
    public void say(String key, Object... arguments) {
        spec.commandLine().getOut().println(text(key, arguments));
    }

    /** Onto the standard error. */
    public void complain(String key, Object... arguments) {
        spec.commandLine().getErr().println(text(key, arguments));
    }

    /** The command is not given as it must be: told with how it is given, exit code 2. */
    public ParameterException refusal(String key, Object... arguments) {
        return new ParameterException(spec.commandLine(), text(key, arguments));
    }
}

package fr.carnet.server.cli.token;

import fr.carnet.token.SigningKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token key --dir DIR [--in PT1H]}. Exit codes: 0 done, 1 failure, 2 bad arguments. */
@Command(name = "key", mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--dir", required = true)
    private Path directory;

    @Option(names = "--in", paramLabel = "<duration>", defaultValue = "PT0S")
    private Duration delay;

    @Override
    public Integer call() throws IOException {
        Instant from = Instant.now().plus(delay);
        Path file = SigningKeyFile.create(directory, from);
        spec.commandLine()
                .getOut()
                .println(spec.resourceBundle().getString("token.key.made").formatted(file, from));
        return 0;
    }
}

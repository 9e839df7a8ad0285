package fr.carnet.server.cli.letters;

import fr.carnet.messaging.notice.Letters;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code letters --out DIR}, with the configuration of the server that it is run for. Exit codes: 0 done, 1 failure, 2 bad arguments. */
@Command(name = "letters", mixinStandardHelpOptions = true)
public final class LettersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Option(names = "--out", required = true, descriptionKey = "carnet.letters.out")
    private Path folder;

    @Mixin
    private ServerContext server;

    @Override
    public Integer call() throws IOException {
        try {
            return server.run(spec, context -> {
                Letters.Run run = print(context.getBean(Letters.class), context.getBean(Clock.class));
                voice.say("letters.made", run.letters(), run.files());
                if (run.withoutAddress() > 0) {
                    voice.say("letters.without-address", run.withoutAddress());
                }
                return 0;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Letters.Run print(Letters letters, Clock clock) {
        try {
            return letters.print(folder, clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

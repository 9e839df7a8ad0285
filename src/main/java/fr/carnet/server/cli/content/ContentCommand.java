package fr.carnet.server.cli.content;

import fr.carnet.document.ContentAudit;
import fr.carnet.document.ContentAudit.Difference;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code content verify} and {@code content sweep}, with the configuration of the server that they are run for. Exit codes: 0
 * all is well or swept, 1 differences or nothing swept, 2 bad arguments.
 */
@Command(name = "content", mixinStandardHelpOptions = true)
public final class ContentCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("content.which");
    }

    @Command(name = "verify", mixinStandardHelpOptions = true)
    int verify(@Mixin ServerContext server) {
        return server.run(spec, context -> {
            AtomicLong differences = new AtomicLong();
            long read = context.getBean(ContentAudit.class)
                    .verify(done -> voice.say("content.progress", done), difference -> {
                        differences.incrementAndGet();
                        tell(difference);
                    });
            voice.say(differences.get() == 0 ? "content.intact" : "content.differ", read, differences.get());
            return differences.get() == 0 ? 0 : 1;
        });
    }

    private void tell(Difference difference) {
        voice.say(
                "content." + difference.flaw().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                difference.document());
    }

    @Command(name = "sweep", mixinStandardHelpOptions = true)
    int sweep(
            @Option(names = "--execute", descriptionKey = "carnet.content.sweep.execute") boolean execute,
            @Mixin ServerContext server) {
        return server.run(spec, context -> execute ? swept(context) : alone(context));
    }

    private int alone(ApplicationContext context) {
        List<String> ids = context.getBean(ContentAudit.class).alone();
        ids.forEach(id -> voice.say("content.alone", id));
        voice.say("content.would-sweep", ids.size());
        return 0;
    }

    private int swept(ApplicationContext context) {
        Optional<Integer> swept = context.getBean(ContentAudit.class).sweep();
        swept.ifPresentOrElse(number -> voice.say("content.swept", number), () -> voice.say("content.registry-first"));
        return swept.isPresent() ? 0 : 1;
    }
}

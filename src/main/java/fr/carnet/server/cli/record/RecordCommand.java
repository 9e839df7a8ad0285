package fr.carnet.server.cli.record;

import fr.carnet.dmp.RecordDestruction;
import fr.carnet.dmp.RecordDestruction.Term;
import fr.carnet.enforcement.RecordCopies;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code record export} and {@code record destroy}, with the configuration of the server that they are run for; the matricule
 * comes from a file or the standard input. Exit codes: 0 done, or could be done; 1 refused by a rule, or failure; 2 bad
 * arguments or file.
 */
@Command(name = "record", mixinStandardHelpOptions = true)
public final class RecordCommand implements Runnable {

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("record.which");
    }

    @Command(name = "export", mixinStandardHelpOptions = true)
    int export(
            @Parameters(index = "0", paramLabel = "PATIENT", descriptionKey = "carnet.record.patient") String file,
            @Option(names = "--out", required = true, descriptionKey = "carnet.record.export.out") Path out,
            @Mixin ServerContext server)
            throws IOException {
        Ins ins = matricule(file);
        if (Files.exists(out)) {
            throw voice.refusal("record.exists", out);
        }
        return within(server, context -> {
            var copy = new CopyFile(out);
            copy.fill(bytes ->
                    context.getBean(RecordCopies.class).write(ins, System.getProperty("user.name"), texts(), bytes));
            voice.say("record.exported", out);
            return 0;
        });
    }

    @Command(name = "destroy", mixinStandardHelpOptions = true)
    int destroy(
            @Parameters(index = "0", paramLabel = "PATIENT", descriptionKey = "carnet.record.patient") String file,
            @Option(names = "--execute", descriptionKey = "carnet.record.destroy.execute") boolean execute,
            @Mixin ServerContext server)
            throws IOException {
        Ins ins = matricule(file);
        return within(server, context -> {
            RecordDestruction destruction = context.getBean(RecordDestruction.class);
            Instant now = context.getBean(Clock.class).instant();
            Term term = destruction.term(ins, now);
            if (!term.due()) {
                voice.complain("record.archived", term.day());
                return 1;
            }
            if (!execute) {
                voice.say("record.would-destroy", term.day());
                return 0;
            }
            boolean destroyed = destruction.destroy(ins, now);
            voice.say(destroyed ? "record.destroyed" : "record.busy");
            return destroyed ? 0 : 1;
        });
    }

    /** What a rule refuses is told with it. */
    private int within(ServerContext server, ToIntFunction<ApplicationContext> work) throws IOException {
        try {
            return server.runAfterFile(spec, work);
        } catch (Fault refusal) {
            refusal.issues().forEach(issue -> voice.complain("record.refused", issue.code(), texts().say(issue)));
            return 1;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Ins matricule(String file) throws IOException {
        byte[] bytes = file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        String line = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            return IdentifierToken.parse(line)
                    .map(token -> Ins.of(token.system(), token.value()))
                    .orElseGet(() -> new Ins(InsDomain.NIR, line));
        } catch (Ins.InvalidIns e) {
            throw voice.refusal("record.no-matricule");
        }
    }

    private Texts texts() {
        return Texts.of(voice.texts().getLocale().getLanguage());
    }
}

package fr.carnet.server.cli.insi;

import fr.carnet.directory.insi.IdentityStatus.Event;
import fr.carnet.directory.insi.InsiAnswer;
import fr.carnet.directory.insi.InsiConfiguration;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.directory.insi.InsiVerification;
import fr.carnet.directory.insi.LocalIdentity;
import fr.carnet.directory.insi.ReferenceIdentity;
import fr.carnet.server.cli.ServerContext;
import fr.carnet.server.cli.Voice;
import fr.carnet.server.cli.insi.Question.BadQuestion;
import fr.carnet.shared.Ins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code insi search} and {@code insi verify}: traits from a file or the standard input. Exit codes: 0 found or confirmed, 1
 * otherwise, 2 bad arguments or file.
 */
@Command(name = "insi", mixinStandardHelpOptions = true)
public final class InsiCommand implements Runnable {

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Override
    public void run() {
        throw voice.refusal("insi.which");
    }

    @Command(name = "search", mixinStandardHelpOptions = true)
    int search(
            @Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.insi.file") String file,
            @Mixin ServerContext settings)
            throws IOException {
        return ask(file, settings, (question, insi) -> tell(insi.search(question.traits()), question.identity()));
    }

    @Command(name = "verify", mixinStandardHelpOptions = true)
    int verify(
            @Parameters(index = "0", paramLabel = "FICHIER", descriptionKey = "carnet.insi.file") String file,
            @Mixin ServerContext settings)
            throws IOException {
        return ask(
                file,
                settings,
                (question, insi) -> tell(
                        insi.verify(
                                question.ins().orElseThrow(() -> voice.refusal("insi.bad-file", "ins")),
                                question.traits()),
                        question.identity()));
    }

    private int ask(String file, ServerContext settings, ToIntBiFunction<Question, InsiTeleservice> asking)
            throws IOException {
        Question question = read(file);
        return settings.runAfterFile(spec, new SpringApplication(Parts.class), context -> {
            ObjectProvider<InsiTeleservice> insi = context.getBeanProvider(InsiTeleservice.class);
            InsiTeleservice configured = insi.getIfAvailable();
            if (configured == null) {
                throw voice.refusal("insi.no-url");
            }
            return asking.applyAsInt(question, configured);
        });
    }

    private Question read(String file) throws IOException {
        try {
            return Question.read(
                    file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
        } catch (BadQuestion e) {
            throw voice.refusal("insi.bad-file", e.getMessage());
        }
    }

    private int tell(InsiAnswer answer, LocalIdentity identity) {
        if (answer instanceof InsiAnswer.Found found) {
            voice.say("insi.found");
            tell(found.identity());
            status(identity.after(Event.ANSWERED));
            return 0;
        }
        nothing(answer);
        status(identity);
        return 1;
    }

    private int tell(InsiVerification verification, LocalIdentity identity) {
        if (verification instanceof InsiVerification.Confirmed confirmed) {
            voice.say("insi.confirmed");
            tell(confirmed.identity());
            status(identity.after(Event.ANSWERED));
            return 0;
        }
        if (verification instanceof InsiVerification.Differs differs) {
            voice.say("insi.differs", differences(differs));
            status(identity.after(Event.CONTRADICTED));
        }
        if (verification instanceof InsiVerification.Unsettled unsettled) {
            nothing(unsettled.answer());
            status(identity);
        }
        return 1;
    }

    private static String differences(InsiVerification.Differs differs) {
        return Stream.concat(
                        differs.insDiffers() ? Stream.of("INS") : Stream.empty(),
                        differs.traits().stream().map(Enum::name).sorted())
                .collect(Collectors.joining(", "));
    }

    private void nothing(InsiAnswer answer) {
        if (answer instanceof InsiAnswer.NotFound) {
            voice.say("insi.not-found");
        } else if (answer instanceof InsiAnswer.Several) {
            voice.say("insi.several");
        } else if (answer instanceof InsiAnswer.Failed failed) {
            String cause = failed.cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
            String codes = String.join(" ", failed.codes());
            voice.say("insi.failed", (voice.text("insi." + cause) + " " + codes).strip());
        }
    }

    private void tell(ReferenceIdentity identity) {
        voice.say(
                "insi.identity",
                identity.ins().token(),
                identity.birthName(),
                identity.givenNames(),
                identity.sex(),
                identity.birthDate(),
                identity.birthPlace().orElse("-"));
        identity.former().stream().map(Ins::token).forEach(token -> voice.say("insi.former", token));
    }

    private void status(LocalIdentity identity) {
        voice.say("insi.status", identity.status().code());
    }

    /** All that a call needs of the server; not found by its scan. */
    @Import(InsiConfiguration.class)
    @ImportAutoConfiguration(SslAutoConfiguration.class)
    static final class Parts {

        @Bean
        static Clock clock() {
            return Clock.systemUTC();
        }
    }
}

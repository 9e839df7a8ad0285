package fr.carnet.server.cli;

import fr.carnet.server.cli.advisories.AdvisoriesCommand;
import fr.carnet.server.cli.bench.BenchCommand;
import fr.carnet.server.cli.certs.CertsCommand;
import fr.carnet.server.cli.content.ContentCommand;
import fr.carnet.server.cli.directory.DirectoryCommand;
import fr.carnet.server.cli.facts.FactsCommand;
import fr.carnet.server.cli.health.HealthCommand;
import fr.carnet.server.cli.insi.InsiCommand;
import fr.carnet.server.cli.letters.LettersCommand;
import fr.carnet.server.cli.matrix.MatrixCommand;
import fr.carnet.server.cli.migrate.MigrateCommand;
import fr.carnet.server.cli.outbox.OutboxCommand;
import fr.carnet.server.cli.push.PushCommand;
import fr.carnet.server.cli.record.RecordCommand;
import fr.carnet.server.cli.registry.RegistryCommand;
import fr.carnet.server.cli.reindex.ReindexCommand;
import fr.carnet.server.cli.rules.RulesCommand;
import fr.carnet.server.cli.sandbox.SandboxCommand;
import fr.carnet.server.cli.serve.ServeCommand;
import fr.carnet.server.cli.token.TokenCommand;
import fr.carnet.server.cli.tour.TourCommand;
import fr.carnet.server.cli.trace.TraceCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * {@code java -jar carnet.jar COMMAND}: what the jar can do besides serving.
 *
 * <p>French, or English with {@code CARNET_LANG=en}. Exit codes: 0 done, 1 the command found a difference or failed, 2 bad
 * arguments.
 */
@Command(
        name = "carnet",
        mixinStandardHelpOptions = true,
        versionProvider = CarnetCommand.Version.class,
        subcommands = {
            ServeCommand.class,
            SandboxCommand.class,
            PushCommand.class,
            TourCommand.class,
            BenchCommand.class,
            CertsCommand.class,
            MigrateCommand.class,
            RegistryCommand.class,
            FactsCommand.class,
            ContentCommand.class,
            ReindexCommand.class,
            RecordCommand.class,
            RulesCommand.class,
            MatrixCommand.class,
            TraceCommand.class,
            OutboxCommand.class,
            LettersCommand.class,
            DirectoryCommand.class,
            InsiCommand.class,
            TokenCommand.class,
            AdvisoriesCommand.class,
            HealthCommand.class
        })
public final class CarnetCommand {

    private static final String TEXTS = "cli.messages";
    private static final String LOGBACK = "logback.configurationFile";
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    /**
     * True if the arguments are for the command line; otherwise the server starts with them.
     *
     * @param args of {@code main}
     */
    public static boolean isCommand(String... args) {
        return args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    }

    /**
     * Runs a command.
     *
     * @param args its name and arguments
     * @return exit code
     */
    public static int run(String... args) {
        if (args[0].equals("health")) {
            return spoken(new CommandLine(new Probe())).execute(args);
        }
        if (args[0].equals("serve")) {
            return withSettings(spoken(new CommandLine(new Service())), "serve").execute(args);
        }
        configureLogging();
        return commandLine().execute(args);
    }

    /** A container asks every few seconds: all other commands stay unloaded, and so does logging. */
    @Command(name = "carnet", subcommands = HealthCommand.class)
    private static final class Probe {}

    /** The server comes up as without a command: nothing else is loaded, and its logging is that of its settings. */
    @Command(name = "carnet", subcommands = ServeCommand.class)
    private static final class Service {}

    /**
     * Before the first logger: Logback would tell everything on the standard output otherwise. The property is taken back
     * when Logback has read it, since Spring Boot warns of it where a command starts the application.
     */
    private static void configureLogging() {
        System.setProperty(LOGBACK, "cli/logback.xml");
        LoggerFactory.getILoggerFactory();
        System.clearProperty(LOGBACK);
    }

    static CommandLine commandLine() {
        var line = withSettings(
                spoken(new CommandLine(new CarnetCommand())),
                "serve",
                "migrate",
                "registry",
                "facts",
                "content",
                "reindex",
                "record",
                "outbox",
                "letters",
                "directory",
                "insi");
        withSettings(line.getSubcommands().get("trace"), "purge");
        return line;
    }

    /** Settings of the server follow these commands. */
    private static CommandLine withSettings(CommandLine line, String... names) {
        List.of(names).forEach(name -> line.getSubcommands().get(name).setUnmatchedOptionsArePositionalParams(true));
        return line;
    }

    /** In the language, and with the answers to mistakes, of all commands. */
    private static CommandLine spoken(CommandLine line) {
        line.setResourceBundle(texts());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        // the terminal's charset is often plain ASCII in containers; our sentences are not
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(CarnetCommand::refuse);
        line.setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
        return line;
    }

    /** The fallback to the machine's language is off: French is the default wherever the jar runs. */
    private static ResourceBundle texts() {
        boolean english = Optional.ofNullable(System.getenv("CARNET_LANG"))
                .filter(language -> language.startsWith("en"))
                .isPresent();
        return ResourceBundle.getBundle(
                TEXTS,
                english ? Locale.ENGLISH : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static int refuse(ParameterException refusal, String... args) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println(text(command, "refused").formatted(refusal.getMessage()));
        command.usage(command.getErr());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int fail(Exception failure, CommandLine command) throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        String reason = Optional.ofNullable(failure.getMessage()).orElse(text(command, "unreachable"));
        command.getErr().println(text(command, "failed").formatted(reason));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String text(CommandLine command, String key) {
        return command.getResourceBundle().getString(key);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CarnetCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Carnet " + (version == null ? "(sources)" : version)};
        }
    }
}

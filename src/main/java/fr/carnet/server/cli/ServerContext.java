package fr.carnet.server.cli;

import fr.carnet.server.Carnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Settings of the server, for commands that work with its parts: options that they do not know, taken as positional ones. */
public final class ServerContext {

    private static final int FAILED = 1;

    @Parameters(arity = "0..*", paramLabel = "--nom=valeur", description = "${bundle:server.settings}")
    private final List<String> given = new ArrayList<>();

    /**
     * Starts the parts of the server, without its port, does the work, and stops them.
     *
     * @param spec of the command
     * @param work gives the exit code
     * @return that code, 1 if the server did not start: Spring has said why
     * @throws ParameterException if something given is no setting
     */
    public int run(CommandSpec spec, ToIntFunction<ApplicationContext> work) {
        refuseWhatIsNoSetting(spec);
        List<String> arguments = new ArrayList<>(given);
        arguments.add("--logging.config=classpath:cli/logback.xml");
        Optional<ConfigurableApplicationContext> started = start(arguments);
        if (started.isEmpty()) {
            return FAILED;
        }
        try (ConfigurableApplicationContext context = started.get()) {
            return work.applyAsInt(context);
        }
    }

    private static Optional<ConfigurableApplicationContext> start(List<String> arguments) {
        var application = Carnet.application();
        application.setWebApplicationType(WebApplicationType.NONE);
        try {
            return Optional.of(application.run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void refuseWhatIsNoSetting(CommandSpec spec) {
        given.stream()
                .filter(setting -> !setting.matches("--[a-z][^=]*=.*"))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            spec.resourceBundle().getString("server.setting").formatted(setting));
                });
    }
}

package fr.carnet.server.cli.context;

import fr.carnet.server.Carnet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mixin of a command: the settings that follow it, taken as positional ones, and the context that they make. */
public final class ServerContext {

    private static final int FAILED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "--nom=valeur", description = "${bundle:context.settings}")
    private final List<String> given = new ArrayList<>();

    /**
     * Works with the context of the server.
     *
     * @return exit code of the work; 1 if the context did not start, Spring has said why
     * @throws ParameterException if something is no setting
     */
    public int with(ToIntFunction<ApplicationContext> work) {
        refuseWhatIsNoSetting();
        List<String> arguments = new ArrayList<>(given);
        arguments.add("--logging.config=classpath:cli/logback.xml");
        var application = Carnet.application();
        application.setWebApplicationType(WebApplicationType.NONE);
        Optional<ConfigurableApplicationContext> started = start(application, arguments);
        if (started.isEmpty()) {
            return FAILED;
        }
        try (ConfigurableApplicationContext context = started.get()) {
            return work.applyAsInt(context);
        }
    }

    /** Writes a sentence of the bundle. */
    public void say(String key, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(spec.resourceBundle().getString(key).formatted(arguments));
    }

    private static Optional<ConfigurableApplicationContext> start(
            SpringApplication application, List<String> arguments) {
        try {
            return Optional.of(application.run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void refuseWhatIsNoSetting() {
        given.stream()
                .filter(setting -> !setting.matches("--[a-z][^=]*=.*"))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            spec.resourceBundle().getString("context.setting").formatted(setting));
                });
    }
}

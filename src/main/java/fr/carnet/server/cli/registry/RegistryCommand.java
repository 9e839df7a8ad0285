package fr.carnet.server.cli.registry;

import fr.carnet.dmp.RecordRebuild;
import fr.carnet.document.RegistryRebuild;
import fr.carnet.server.Carnet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code registry rebuild} and {@code registry check}, with the configuration of the server that they are run for: its
 * environment, and its arguments after the command. Exit codes: 0 done and equal, 1 differences or failure, 2 bad arguments.
 */
@Command(name = "registry", mixinStandardHelpOptions = true)
public final class RegistryCommand implements Runnable {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    /** Settings of the server: options that the command line does not know, taken as positional ones. */
    static final class Settings {
        @Parameters(arity = "0..*", paramLabel = "--nom=valeur", description = "${bundle:registry.settings}")
        private final List<String> given = new ArrayList<>();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), spec.resourceBundle().getString("registry.which"));
    }

    @Command(name = "rebuild", mixinStandardHelpOptions = true)
    int rebuild(@Mixin Settings settings) {
        return with(settings, context -> {
            int rows = context.getBean(RegistryRebuild.class).rebuild(this::tell);
            context.getBean(RecordRebuild.class).rebuild(this::tell);
            say("registry.rebuilt", rows);
            return 0;
        });
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Mixin Settings settings) {
        return with(settings, context -> {
            Set<String> drift =
                    new TreeSet<>(context.getBean(RegistryRebuild.class).drift(this::tell));
            drift.addAll(context.getBean(RecordRebuild.class).drift(this::tell));
            drift.forEach(id -> say("registry.differs", id));
            say(drift.isEmpty() ? "registry.equal" : "registry.drift", drift.size());
            return drift.isEmpty() ? 0 : 1;
        });
    }

    private int with(Settings settings, ToIntFunction<ApplicationContext> work) {
        refuseWhatIsNoSetting(settings.given);
        List<String> arguments = new ArrayList<>(settings.given);
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

    /** Empty if it did not start; Spring has said why. */
    private static Optional<ConfigurableApplicationContext> start(
            SpringApplication application, List<String> arguments) {
        try {
            return Optional.of(application.run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void refuseWhatIsNoSetting(List<String> settings) {
        settings.stream()
                .filter(setting -> !setting.matches("--[a-z][^=]*=.*"))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            spec.resourceBundle().getString("registry.setting").formatted(setting));
                });
    }

    private void tell(int done, int total) {
        say("registry.progress", done, total);
    }

    private void say(String key, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(spec.resourceBundle().getString(key).formatted(arguments));
    }
}

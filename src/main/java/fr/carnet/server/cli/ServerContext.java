package fr.carnet.server.cli;

import fr.carnet.server.Carnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
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
        return run(spec, Carnet.application(), work);
    }

    /**
     * The same with another application than the whole server.
     *
     * @param spec of the command
     * @param application what is started
     * @param work gives the exit code
     * @return that code, 1 if it did not start
     * @throws ParameterException if something given is no setting
     */
    public int run(CommandSpec spec, SpringApplication application, ToIntFunction<ApplicationContext> work) {
        return run(spec, application, given, work);
    }

    /**
     * The same for a command whose first argument is a file, which is therefore no setting.
     *
     * @param spec of the command
     * @param work gives the exit code
     * @return that code, 1 if the server did not start
     * @throws ParameterException if something given after the file is no setting
     */
    public int runAfterFile(CommandSpec spec, ToIntFunction<ApplicationContext> work) {
        return runAfterFile(spec, Carnet.application(), work);
    }

    /**
     * The same with another application than the whole server.
     *
     * @param spec of the command
     * @param application what is started
     * @param work gives the exit code
     * @return that code, 1 if it did not start
     * @throws ParameterException if something given after the file is no setting
     */
    public int runAfterFile(CommandSpec spec, SpringApplication application, ToIntFunction<ApplicationContext> work) {
        return run(spec, application, given.subList(1, given.size()), work);
    }

    /**
     * Starts the whole server, with its ports and its own logging, and waits until it is stopped.
     *
     * @param spec of the command
     * @return 0 once it was stopped, 1 if it did not start: Spring has said why
     * @throws ParameterException if something given is no setting
     * @throws InterruptedException if nobody waits any more
     */
    public int serve(CommandSpec spec) throws InterruptedException {
        refuseWhatIsNoSetting(spec, given);
        SpringApplication application = Carnet.application();
        var end = new End();
        application.addListeners(end);
        if (start(application, given).isEmpty()) {
            return FAILED;
        }
        end.passed.await();
        return 0;
    }

    /** Of the application; that of its management port, which has a context of its own, is none. */
    private static final class End implements ApplicationListener<ContextClosedEvent> {

        private final CountDownLatch passed = new CountDownLatch(1);

        @Override
        public void onApplicationEvent(ContextClosedEvent closed) {
            if (closed.getApplicationContext().getParent() == null) {
                passed.countDown();
            }
        }
    }

    private static int run(
            CommandSpec spec,
            SpringApplication application,
            List<String> settings,
            ToIntFunction<ApplicationContext> work) {
        refuseWhatIsNoSetting(spec, settings);
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--logging.config=classpath:cli/logback.xml");
        application.setWebApplicationType(WebApplicationType.NONE);
        Optional<ConfigurableApplicationContext> started = start(application, arguments);
        if (started.isEmpty()) {
            return FAILED;
        }
        try (ConfigurableApplicationContext context = started.get()) {
            return work.applyAsInt(context);
        }
    }

    private static Optional<ConfigurableApplicationContext> start(
            SpringApplication application, List<String> arguments) {
        try {
            return Optional.of(application.run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void refuseWhatIsNoSetting(CommandSpec spec, List<String> settings) {
        settings.stream()
                .filter(setting -> !setting.matches("--[a-z][^=]*=.*"))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            spec.resourceBundle().getString("server.setting").formatted(setting));
                });
    }
}

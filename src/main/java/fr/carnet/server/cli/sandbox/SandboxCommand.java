package fr.carnet.server.cli.sandbox;

import fr.carnet.server.Carnet;
import fr.carnet.server.cli.Voice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code sandbox}: a whole server on one machine, with its database and a fictional cast. Plays the guided tour and stays up
 * until it is stopped. Exit codes: 1 it did not start, 2 bad arguments, otherwise that of the signal that stopped it.
 */
@Command(name = "sandbox", mixinStandardHelpOptions = true, sortOptions = false)
public final class SandboxCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int LAST_LINES = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Option(names = "--port", defaultValue = "8080")
    private int port;

    @Option(names = "--tls-port", defaultValue = "8443")
    private int tlsPort;

    @Option(names = "--management-port", defaultValue = "8081")
    private int managementPort;

    @Option(names = "--data", defaultValue = ".carnet/sandbox")
    private Path data;

    @Option(names = "--packages")
    private Path packages;

    @Option(names = "--schematrons")
    private Path schematrons;

    @Option(names = "--fresh")
    private boolean fresh;

    @Option(names = "--no-tour")
    private boolean noTour;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = new Home(data.toAbsolutePath().normalize());
        List<String> settings = settings(home);
        try {
            new Ports(Map.of("--port", port, "--tls-port", tlsPort, "--management-port", managementPort)).check();
            home.prepare(fresh);
        } catch (Unfit e) {
            throw refusal(e);
        }
        if (!start(settings, home)) {
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> voice.say("sandbox.stopping")));
        welcome(home);
        // until a signal ends the machine
        Thread.currentThread().join();
        return 0;
    }

    private List<String> settings(Home home) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=sandbox",
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--carnet.sandbox.tls-port=" + tlsPort,
                "--carnet.sandbox.data-dir=" + home.data(),
                "--logging.file.name=" + home.log(),
                "--logging.threshold.console=OFF"));
        add(settings, "--packages", packages);
        add(settings, "--schematrons", schematrons);
        return settings;
    }

    private void add(List<String> settings, String option, Path folder) {
        if (folder == null) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw refusal(new Unfit("sandbox.no-folder", option, folder));
        }
        settings.add(option.replace("--", "--carnet.validation.") + "=" + folder.toAbsolutePath());
    }

    /** In a thread beside, so that the wait shows. */
    private boolean start(List<String> settings, Home home) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        out().print(voice.text("sandbox.starting"));
        out().flush();
        CompletableFuture<Void> start = CompletableFuture.runAsync(
                () -> Carnet.application().run(settings.toArray(String[]::new)),
                work -> new Thread(work, "start").start());
        try {
            await(start);
        } catch (ExecutionException e) {
            out().println();
            voice.complain("sandbox.not-started", home.log());
            home.endOfLog(LAST_LINES).forEach(spec.commandLine().getErr()::println);
            return false;
        } catch (TimeoutException e) {
            out().println();
            voice.complain("sandbox.late", home.log());
            return false;
        }
        voice.say("sandbox.ready", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        out().println();
        return true;
    }

    private void await(CompletableFuture<Void> start)
            throws ExecutionException, TimeoutException, InterruptedException {
        for (long second = 1; second < LONGEST.toSeconds(); second++) {
            try {
                start.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                out().print('.');
                out().flush();
            }
        }
        start.get(1, TimeUnit.SECONDS);
    }

    private void welcome(Home home) {
        String root = "http://localhost:" + port;
        if (!noTour && spec.parent().commandLine().execute("tour", "--base", root + "/fhir") != 0) {
            voice.complain("sandbox.tour-differs");
        }
        out().println();
        voice.say("sandbox.addresses", root, tlsPort, managementPort, home.log());
        out().println();
        voice.say("sandbox.first-token");
        out().println();
        out().println("""
                  token=$(curl -s %1$s/sandbox/token -d actor=dr-martin -d patient=284057505601204 | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl -s "%1$s/fhir/DocumentReference?patient.identifier=urn:oid:1.2.250.1.213.1.4.10|284057505601204&status=current&_pretty=true" \\
                    -H "Authorization: Bearer $token"
                """.formatted(root));
        voice.say("sandbox.how-to-stop");
    }

    private ParameterException refusal(Unfit unfit) {
        return voice.refusal(unfit.key(), unfit.arguments());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

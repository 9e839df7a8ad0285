package fr.carnet.server.cli.health;

import fr.carnet.server.cli.Voice;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code health}: asks the server of this machine whether it is ready, on its management port, and says so in a sentence.
 * Exit codes: 0 ready, 1 not ready or no answer, 2 bad arguments.
 */
@Command(name = "health", mixinStandardHelpOptions = true)
public final class HealthCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String READY = "health.ready";

    @Mixin
    private Voice voice;

    @Option(names = "--port", defaultValue = "${env:MANAGEMENT_SERVER_PORT:-8081}")
    private int port;

    @Option(names = "--timeout", defaultValue = "PT5S")
    private Duration timeout;

    @Override
    public Integer call() {
        if (port < 1 || port > LAST_PORT) {
            throw voice.refusal("health.bad-port");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw voice.refusal("health.bad-timeout");
        }
        String told = ask();
        voice.say(told, port);
        return told.equals(READY) ? 0 : 1;
    }

    /** Not the client of {@code java.net.http}: it takes longer to come up than the question. */
    private String ask() {
        URI readiness = URI.create("http://localhost:" + port + "/actuator/health/readiness");
        try {
            var question = (HttpURLConnection) readiness.toURL().openConnection(Proxy.NO_PROXY);
            question.setConnectTimeout((int) timeout.toMillis());
            question.setReadTimeout((int) timeout.toMillis());
            return question.getResponseCode() == HttpURLConnection.HTTP_OK ? READY : "health.not-ready";
        } catch (IOException e) {
            return "health.silent";
        }
    }
}

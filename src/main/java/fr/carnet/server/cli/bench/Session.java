package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxIssuer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A caller's token, renewed before it ends where a sandbox issues it. Safe for many threads. */
final class Session {

    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final FhirClient server;
    private final String actor;
    private final Optional<String> given;
    private SandboxIssuer.Token token;
    private Instant renewal = Instant.MIN;

    /**
     * @param actor id in the sandbox's cast
     * @param given a token of another issuer, used as it is
     */
    Session(FhirClient server, String actor, Optional<String> given) {
        this.server = server;
        this.actor = actor;
        this.given = given;
    }

    Answer send(Call call) throws IOException {
        return server.send(given.isPresent() ? given.get() : renewed(), call);
    }

    private synchronized String renewed() throws IOException {
        if (Instant.now().isAfter(renewal)) {
            token = new SandboxIssuer(server).token(actor, Map.of());
            renewal = Instant.now().plus(token.lifetime()).minus(MARGIN);
        }
        return token.value();
    }
}

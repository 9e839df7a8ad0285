package fr.carnet.server.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The token endpoint of a sandbox, {@code POST /sandbox/token} beside its FHIR base. */
public final class SandboxIssuer {

    private final FhirClient server;

    /** @param server a server that runs with the profile sandbox */
    public SandboxIssuer(FhirClient server) {
        this.server = server;
    }

    /**
     * A token and how long it is good for.
     *
     * @param value bearer token
     * @param lifetime from its issue
     */
    public record Token(String value, Duration lifetime) {
        /** A token is a secret: not shown. */
        @Override
        public String toString() {
            return "Token[" + lifetime + "]";
        }
    }

    /**
     * Asks for a token.
     *
     * @param actor id in the cast, e.g. {@code dr-martin}
     * @param claims further form fields, e.g. {@code patient}, {@code purpose}
     * @throws IOException if there is no sandbox, or it refuses
     */
    public Token token(String actor, Map<String, String> claims) throws IOException {
        Map<String, String> fields = new TreeMap<>(claims);
        fields.put("actor", actor);
        Answer answer = server.sendForm("sandbox/token", form(fields));
        JsonNode json = answer.json();
        if (answer.status() != 200 || !json.has("access_token")) {
            throw new IOException("sandbox/token: HTTP " + answer.status() + " " + answer.sentence());
        }
        return new Token(
                json.path("access_token").asText(),
                Duration.ofSeconds(json.path("expires_in").asLong()));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + Call.escaped(field.getValue()))
                .collect(Collectors.joining("&"));
    }
}

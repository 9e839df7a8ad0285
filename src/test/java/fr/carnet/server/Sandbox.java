package fr.carnet.server;

import fr.carnet.server.cli.client.Answer;
import fr.carnet.server.cli.client.Call;
import fr.carnet.server.cli.client.FhirClient;
import fr.carnet.server.cli.client.SandboxIssuer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A sandbox as its clients reach it: tokens of the cast, calls, and its movable clock; in whatever JVM it runs. */
public final class Sandbox {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI root;
    private final URI management;
    private final FhirClient client;

    Sandbox(int port, int managementPort) {
        root = URI.create("http://localhost:" + port);
        management = URI.create("http://localhost:" + managementPort);
        client = new FhirClient(URI.create(root + "/fhir"));
    }

    /** {@code http://localhost:port}. */
    public URI root() {
        return root;
    }

    /** {@code http://localhost:port} of health and metrics. */
    public URI management() {
        return management;
    }

    /** Token of an actor of the cast, with further form fields. */
    public String token(String actor, Map<String, String> fields) {
        try {
            return new SandboxIssuer(client).token(actor, fields).value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a call; what comes back is held to its profiles. */
    public Answer send(String token, Call call) {
        try {
            Answer answer = client.send(token, call);
            Conformity.hold(call.method() + " " + call.path(), answer.status(), answer.body());
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the clock: {@code advance=P1D}, {@code at=…} or {@code reset=true}. */
    public HttpResponse<byte[]> clock(String form) {
        return post("/sandbox/clock", form);
    }

    /** Empties the store and brings the cast back. */
    public void reset() {
        post("/sandbox/reset", "");
    }

    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(URI.create(management + "/actuator/health/readiness")))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<byte[]> post(String path, String form) {
        try {
            return send(HttpRequest.newBuilder(URI.create(root + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}

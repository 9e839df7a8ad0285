package fr.carnet.server.cli.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A FHIR server, spoken to over HTTP/1.1 with kept connections. Safe for many threads. */
public final class FhirClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http;

    /** @param base FHIR base, e.g. {@code http://localhost:8080/fhir} */
    public FhirClient(URI base) {
        this(
                base,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build());
    }

    /**
     * A server that is reached in a way of its own, e.g. over TLS with another authority than the machine's.
     *
     * @param base FHIR base
     * @param http how it is reached
     */
    public FhirClient(URI base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    /** FHIR base. */
    public URI base() {
        return base;
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param token bearer token
     * @throws IOException if the server cannot be reached or takes longer than a minute
     */
    public Answer send(String token, Call call) throws IOException {
        var request = HttpRequest.newBuilder(target(call.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", call.accept())
                .method(
                        call.method(),
                        call.body().map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
        call.contentType().ifPresent(type -> request.header("Content-Type", type));
        return send(request.build());
    }

    /**
     * Sends a form without a token, beside the FHIR base.
     *
     * @param path relative to the parent of the base, e.g. {@code sandbox/token}
     * @throws IOException if the server cannot be reached
     */
    Answer sendForm(String path, String form) throws IOException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private URI target(String path) {
        return path.startsWith("http:") || path.startsWith("https:")
                ? URI.create(path)
                : URI.create(path.isEmpty() ? base.toString() : base + "/" + path);
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            return Answer.of(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}

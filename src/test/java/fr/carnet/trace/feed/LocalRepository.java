package fr.carnet.trace.feed;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;

/** An audit repository on this machine that answers as it is told, and remembers. */
public final class LocalRepository implements AutoCloseable {

    /** As HAPI's JPA server configures it. */
    public static final FhirContext FHIR = keepingVersions();

    /** Bodies as they arrived. */
    public final List<String> received = new CopyOnWriteArrayList<>();

    /** Content-Type and Authorization as they arrived. */
    public final List<String> headers = new CopyOnWriteArrayList<>();

    /** Status of the whole answer. */
    public volatile int status = 200;

    /** Status of an entry, by the id of its event. */
    public volatile Function<String, String> answer = id -> "201 Created";

    /** What is answered instead, if it is not empty. */
    public volatile String body = "";

    private final HttpServer server;

    /** Starts it. */
    public LocalRepository() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", this::answer);
        server.start();
    }

    /** FHIR base. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/fhir");
    }

    /** Events of one request, in its order. */
    public static List<AuditEvent> events(String body) {
        return FHIR.newJsonParser().parseResource(Bundle.class, body).getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    /** Ids of all events that arrived, in order, repetitions too. */
    public List<String> ids() {
        return received.stream()
                .flatMap(one -> events(one).stream())
                .map(AuditEvent::getIdPart)
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            headers.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            received.add(request);
            byte[] bytes = (body.isEmpty() ? answers(request) : body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answers(String request) {
        var answers = new Bundle().setType(BundleType.BATCHRESPONSE);
        for (AuditEvent event : events(request)) {
            answers.addEntry().getResponse().setStatus(answer.apply(event.getIdPart()));
        }
        return FHIR.newJsonParser().encodeResourceToString(answers);
    }

    private static FhirContext keepingVersions() {
        FhirContext context = FhirContext.forR4();
        context.getParserOptions().setDontStripVersionsFromReferencesAtPaths("AuditEvent.entity.what");
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

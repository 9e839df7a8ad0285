package fr.carnet.trace.feed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import fr.carnet.outbox.Delivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/** The repository at the other end of ITI-20. Its words are not repeated: what it says may name somebody. */
final class AuditRepository {

    private static final String FHIR_JSON = "application/fhir+json";

    private final FeedSettings settings;
    private final FhirContext fhir;
    private final String base;
    private final HttpClient client;

    /** @param base public FHIR base URL of this server */
    AuditRepository(FeedSettings settings, FhirContext fhir, String base) {
        this.settings = settings;
        this.fhir = fhir;
        this.base = base;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /**
     * Sends events in one {@code batch}.
     *
     * @return what became of each, by its id
     */
    Map<String, Delivery> send(List<AuditEvent> events) {
        String token;
        try {
            token = settings.tokenFile() == null
                    ? ""
                    : Files.readString(settings.tokenFile()).strip();
        } catch (IOException e) {
            return all(events, new Delivery.Unreachable("token-file"));
        }
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(request(token, batch(events)), BodyHandlers.ofString());
        try {
            return outcome(events, exchange.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return all(events, new Delivery.Unreachable("timeout"));
        } catch (ExecutionException e) {
            boolean refused = e.getCause() instanceof ConnectException;
            return all(events, new Delivery.Unreachable(refused ? "no-connection" : "connection-broken"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all(events, new Delivery.Unreachable("interrupted"));
        } finally {
            exchange.cancel(true);
        }
    }

    private HttpRequest request(String token, Bundle batch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", FHIR_JSON)
                .header("Accept", FHIR_JSON)
                .POST(BodyPublishers.ofString(fhir.newJsonParser().encodeResourceToString(batch)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private Bundle batch(List<AuditEvent> events) {
        var batch = new Bundle().setType(BundleType.BATCH);
        for (AuditEvent event : events) {
            batch.addEntry()
                    .setFullUrl(base + "/AuditEvent/" + event.getIdPart())
                    .setResource(event)
                    .getRequest()
                    .setMethod(HTTPVerb.POST)
                    .setUrl("AuditEvent");
        }
        return batch;
    }

    private Map<String, Delivery> outcome(List<AuditEvent> events, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            return all(events, new Delivery.Unreachable("http-" + response.statusCode()));
        }
        List<BundleEntryComponent> answers = answers(response.body());
        if (answers.size() != events.size()) {
            return all(events, new Delivery.Unknown("unreadable-answer"));
        }
        Map<String, Delivery> outcome = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            outcome.put(
                    events.get(i).getIdPart(), of(answers.get(i).getResponse().getStatus()));
        }
        return outcome;
    }

    private List<BundleEntryComponent> answers(String body) {
        try {
            return fhir.newJsonParser().parseResource(Bundle.class, body).getEntry();
        } catch (DataFormatException e) {
            return List.of();
        }
    }

    /** A status begins with the code of HTTP; what is to be asked again later (408, 429) is no refusal. */
    private static Delivery of(String status) {
        if (status == null || !status.matches("[1-5]\\d\\d\\b.*")) {
            return new Delivery.Unknown("unreadable-answer");
        }
        String code = status.substring(0, 3);
        if (code.startsWith("2")) {
            return new Delivery.Done();
        }
        boolean later = !code.startsWith("4") || code.equals("408") || code.equals("429");
        return later ? new Delivery.Deferred("http-" + code) : new Delivery.Refused("http-" + code);
    }

    private static Map<String, Delivery> all(List<AuditEvent> events, Delivery delivery) {
        Map<String, Delivery> outcome = new HashMap<>();
        events.forEach(event -> outcome.put(event.getIdPart(), delivery));
        return outcome;
    }
}

package fr.carnet.server.flow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.caller.Scope;
import fr.carnet.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token opens the transactions of its scopes, and no other, whoever it names. */
class ScopesIT {

    private static final String ALICE = "284057505601204";

    private final RunningServer server = RunningServer.get();
    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "POST, '', ITI-65",
        "POST, Bundle/$validate, ITI-65",
        "GET, List?patient=x, ITI-66",
        "GET, List/x, ITI-66",
        "GET, DocumentReference?patient=x, ITI-67",
        "GET, DocumentReference/x, ITI-67",
        "GET, Patient/x/$overview, ITI-67",
        "GET, Patient/$overview?patient.identifier=x, ITI-67",
        "GET, Binary/x, ITI-68",
        "GET, Bundle/x, ITI-68",
        "POST, DocumentReference, ITI-105",
        "POST, DocumentReference/$validate, ITI-105",
        "PATCH, DocumentReference/x, PATCH",
        "GET, Patient?identifier=x, TD0.2",
        "GET, Patient/x, TD0.2",
        "GET, Patient/$ihe-pix?sourceIdentifier=x, TD0.2",
        "POST, Patient/$explain-access, TD0.2",
        "POST, DocumentReference/$explain-access, TD0.2",
        "POST, DocumentReference/$who-can-read, TD0.2",
        "POST, Consent, TD0.3",
        "GET, Consent?patient=x, TD0.3",
        "PATCH, Consent/x, TD0.3",
        "POST, Consent/$validate, TD0.3",
        "GET, CareTeam?patient=x, TD0.3",
        "POST, CareTeam, TD0.3",
        "PUT, CareTeam/x, TD0.3",
        "GET, RelatedPerson?patient=x, TD0.3",
        "POST, RelatedPerson, TD0.3",
        "PUT, Patient?identifier=x, TD1",
        "POST, Patient/$validate, TD1",
        "POST, Patient/$activate, TD1",
        "POST, Patient/$close, TD1",
        "POST, Patient/$change-ins, TD1",
        "GET, AuditEvent?patient=x, traces",
        "GET, AuditEvent/x, traces",
        "POST, Patient/$export-traces, traces",
        "GET, Communication?patient=x, messages",
        "POST, Communication, messages",
        "POST, Communication/x/$mark-read, messages",
        "POST, Patient/$notice-preferences, messages",
        "POST, Patient/$export-record, export"
    })
    void eachInteractionNeedsItsScope(String method, String path, String scope) {
        String others = Arrays.stream(Scope.values())
                .map(Scope::code)
                .filter(code -> !code.equals(scope))
                .collect(joining(" "));

        HttpResponse<String> refused = send(method, path, others);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("insufficient-scope", "comprend " + scope);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
        assertThat(send(method, path, scope).body()).doesNotContain("insufficient-scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid", "iti-67", "ITI-67,ITI-68", "urn:dmp:autre"})
    void whatIsNoScopeHereOpensNothing(String scope) {
        assertThat(send("GET", "DocumentReference?patient=x", scope).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tokenWithoutScopeIsNoToken() {
        HttpResponse<String> answer = send("GET", "DocumentReference?patient=x", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("token-claim-missing");
    }

    @Test
    void operatorsScopeOpensRecordsAndNoContent() {
        assertThat(send("GET", "Patient?identifier=x", "exploitation").body()).doesNotContain("insufficient-scope");
        assertThat(send("GET", "Binary/x", "exploitation").body()).contains("insufficient-scope");
        assertThat(send("GET", "AuditEvent?patient=x", "exploitation").body()).contains("insufficient-scope");
    }

    private HttpResponse<String> send(String method, String path, String scope) {
        String token = server.token("alice", Map.of("patient", ALICE, "scope", scope));
        URI uri = server.root().resolve("fhir/" + path.replace("$", "%24"));
        boolean reads = method.equals("GET");
        String type = method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json";
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(
                        method,
                        reads ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body(path)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Something that the interaction can be recognised by, and no more. */
    private static String body(String path) {
        if (path.contains("$")) {
            return "{\"resourceType\":\"Parameters\"}";
        }
        String type = path.replaceFirst("[/?].*", "");
        return "{\"resourceType\":\"" + (type.isEmpty() ? "Bundle" : type) + "\"}";
    }
}

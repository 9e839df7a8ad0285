package fr.carnet.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token service over HTTP: Pro Santé Connect's tokens exchanged, good and bad; machines; DPoP; introspection. */
class TokenServiceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String ALICE = "284057505601204^^^&1.2.250.1.213.1.4.10&ISO^NH";
    private static final String NURSE_PRACTICE = "399999002100019";
    private static final String HOSPITAL = "1990000010";

    private final RunningServer server = RunningServer.get();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Tag("R71")
    @Tag("R85")
    void exchangedTokenOpensTheDoor() throws ParseException {
        JsonNode answer = issued(exchange("dr-martin", Map.of()));

        assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.get("expires_in").asInt()).isBetween(1, 300);
        JWTClaimsSet claims =
                SignedJWT.parse(answer.get("access_token").asText()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("899700100011");
        assertThat(claims.getIssuer()).isEqualTo(base());
        assertThat(claims.getAudience()).containsExactly(base() + "/fhir");
        assertThat(statusOfAlice("Bearer", answer, Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("R85")
    void situationIsChosenAmongThoseListed() throws ParseException {
        refused(exchange("nurse-petit", Map.of()), 403, "situation", "R85");
        refused(exchange("nurse-petit", Map.of("structure", "1990000028")), 403, "situation", "R85");

        JsonNode practice = issued(exchange("nurse-petit", Map.of("structure", NURSE_PRACTICE)));
        JsonNode hospital = issued(exchange("nurse-petit", Map.of("structure", HOSPITAL)));

        assertThat(carnet(practice).get("sector")).isEqualTo("SA07");
        assertThat(carnet(hospital).get("sector")).isEqualTo("SA01");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "fate, revoked, 401, proof-refused",
        "fate, expired, 401, proof-refused",
        "issuer, https://autre.example, 401, proof-refused",
        "client_id, autre-lps, 401, proof-refused",
        "acr, eidas0, 401, assurance-too-low"
    })
    void badTokenOfProSanteConnectIsRefused(String field, String value, int status, String code) {
        refused(exchangeOf(psc("dr-martin", Map.of(field, value)), circumstances()), status, code);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "subject_token, '', 400, parameter",
        "subject_token, n'importe quoi, 401, proof-refused",
        "subject_token_type, urn:ietf:params:oauth:token-type:id_token, 400, parameter",
        "purpose_of_use, '', 400, parameter",
        "purpose_of_use, recherche, 422, circumstances",
        "person_id, 284057505601204, 422, circumstances",
        "secret, oui, 422, circumstances",
        "scope, ITI-67 exploitation, 400, scope"
    })
    void badRequestIsRefusedByName(String field, String value, int status, String code) {
        Map<String, String> form = new HashMap<>(circumstances());
        form.put("subject_token", psc("dr-martin", Map.of()));
        form.put("subject_token_type", ACCESS_TOKEN);
        form.put(field, value);

        refused(token("lps", form), status, code);
    }

    @Test
    @Tag("R58")
    void emergencyNamesItsPatient() {
        Map<String, String> form = new HashMap<>(
                Map.of("purpose_of_use", "bris_de_glace", "reason", "inconscient", "unable_to_consent", "true"));
        form.put("immediate_risk", "true");
        refused(exchangeOf(psc("dr-martin", Map.of()), form), 422, "emergency-patient", "R58");

        form.put("person_id", ALICE);
        issued(exchangeOf(psc("dr-martin", Map.of()), form));
    }

    @Test
    void tokenOfThisServerIsNoTokenOfProSanteConnect() {
        String own = issued(exchange("dr-martin", Map.of())).get("access_token").asText();

        refused(exchangeOf(own, circumstances()), 401, "proof-refused");
    }

    @Test
    void clientMustProveItself() {
        refused(post("/oauth2/token", form(circumstances()), basic("lps", "autre")), 401, "client-unproved");
        refused(post("/oauth2/token", form(circumstances()), basic("inconnu", "secret-lps")), 401, "client-unproved");
        assertThat(post("/oauth2/token", form(circumstances()), "").statusCode())
                .isEqualTo(401);
        refused(token("lps", Map.of("grant_type", "client_credentials")), 400, "way-not-allowed");
        refused(token("lps", Map.of("grant_type", "password")), 400, "way-not-allowed");
    }

    @Test
    void machinesComeForThemselves() throws ParseException {
        JsonNode audit = issued(token("audit", Map.of("grant_type", "client_credentials")));

        assertThat(carnet(audit)).containsEntry("kind", "auditor");
        assertThat(statusOfAlice("Bearer", audit, Map.of()).statusCode()).isNotIn(200, 401);
    }

    @Test
    void boundTokenIsOfNoUseToAnybodyElse() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        Map<String, String> form = new HashMap<>(circumstances());
        form.put("grant_type", EXCHANGE);
        form.put("subject_token", psc("dr-martin", Map.of()));
        form.put("subject_token_type", ACCESS_TOKEN);
        JsonNode bound = issued(post(
                "/oauth2/token",
                form(form),
                basic("lps", "secret-lps"),
                "DPoP",
                proof(key, "POST", base() + "/oauth2/token", "")));
        String token = bound.get("access_token").asText();
        String proof = proof(key, "GET", base() + "/fhir/Patient", token);

        assertThat(bound.get("token_type").asText()).isEqualTo("DPoP");
        JsonNode told = json(post("/oauth2/introspect", "token=" + token, basic("lps", "secret-lps")));
        assertThat(told.get("token_type").asText()).isEqualTo("DPoP");
        assertThat(statusOfAlice("Bearer", bound, Map.of()).statusCode()).isEqualTo(401);
        assertThat(statusOfAlice("DPoP", bound, Map.of()).statusCode()).isEqualTo(401);
        assertThat(statusOfAlice("DPoP", bound, Map.of("DPoP", proof)).statusCode())
                .isEqualTo(200);
        assertThat(statusOfAlice("DPoP", bound, Map.of("DPoP", proof)).statusCode())
                .isEqualTo(401);
        ECKey other = new ECKeyGenerator(Curve.P_256).generate();
        assertThat(statusOfAlice("DPoP", bound, Map.of("DPoP", proof(other, "GET", base() + "/fhir/Patient", token)))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void introspectionTellsWhatIsActive() {
        String token =
                issued(exchange("dr-martin", Map.of())).get("access_token").asText();

        JsonNode active = json(post("/oauth2/introspect", "token=" + token, basic("lps", "secret-lps")));
        JsonNode unknown = json(post("/oauth2/introspect", "token=abc", basic("lps", "secret-lps")));

        assertThat(active.get("active").asBoolean()).isTrue();
        assertThat(active.get("client_id").asText()).isEqualTo("lps");
        assertThat(unknown.get("active").asBoolean()).isFalse();
        assertThat(unknown.size()).isEqualTo(1);
        assertThat(post("/oauth2/introspect", "token=" + token, "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void listedWebApplicationAsksFromABrowser() throws IOException, InterruptedException {
        HttpRequest preflight = HttpRequest.newBuilder(URI.create(base() + "/oauth2/token"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://espace.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "dpop")
                .build();

        HttpResponse<String> answer = http.send(preflight, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://espace.example");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).hasValue("dpop");
    }

    @Test
    void refusalSaysInFrenchWhatToDo() {
        JsonNode refusal = json(exchange("nurse-petit", Map.of()));

        assertThat(refusal.get("error").asText()).isEqualTo("invalid_grant");
        assertThat(refusal.get("error_description").asText()).matches("[\\x20-\\x7e]+");
        assertThat(refusal.get("message").asText()).contains("situations d’exercice");
        assertThat(refusal.get("correlation_id").asText()).isNotBlank();
    }

    private HttpResponse<String> exchange(String actor, Map<String, String> more) {
        return exchangeOf(psc(actor, Map.of()), with(circumstances(), more));
    }

    private HttpResponse<String> exchangeOf(String subjectToken, Map<String, String> form) {
        return token("lps", with(form, Map.of("subject_token", subjectToken, "subject_token_type", ACCESS_TOKEN)));
    }

    private static Map<String, String> circumstances() {
        return Map.of("purpose_of_use", "normal", "person_id", ALICE);
    }

    private static Map<String, String> with(Map<String, String> form, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(form);
        all.putAll(more);
        return all;
    }

    private String psc(String actor, Map<String, String> more) {
        return json(post("/sandbox/psc/access-token", form(with(Map.of("actor", actor), more)), ""))
                .get("access_token")
                .asText();
    }

    private HttpResponse<String> token(String client, Map<String, String> form) {
        return post(
                "/oauth2/token", form(with(Map.of("grant_type", EXCHANGE), form)), basic(client, "secret-" + client));
    }

    private HttpResponse<String> statusOfAlice(String scheme, JsonNode answer, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base()
                        + "/fhir/Patient?identifier="
                        + URLEncoder.encode("urn:oid:1.2.250.1.213.1.4.10|284057505601204", StandardCharsets.UTF_8)))
                .header(
                        "Authorization",
                        scheme + " " + answer.get("access_token").asText());
        headers.forEach(request::header);
        return send(request.build());
    }

    private HttpResponse<String> post(String path, String form, String authorization, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String base() {
        return server.root().toString();
    }

    private static String proof(ECKey key, String method, String uri, String token) {
        try {
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                    .jwtID(UUID.randomUUID().toString())
                    .issueTime(new Date())
                    .claim("htm", method)
                    .claim("htu", uri);
            if (!token.isEmpty()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
                claims.claim("ath", Base64URL.encode(digest).toString());
            }
            SignedJWT proof = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("dpop+jwt"))
                            .jwk(key.toPublicJWK())
                            .build(),
                    claims.build());
            proof.sign(new ECDSASigner(key));
            return proof.serialize();
        } catch (JOSEException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> carnet(JsonNode answer) throws ParseException {
        Map<String, Object> extensions = SignedJWT.parse(
                        answer.get("access_token").asText())
                .getJWTClaimsSet()
                .getJSONObjectClaim("extensions");
        @SuppressWarnings("unchecked")
        Map<String, Object> carnet = (Map<String, Object>) extensions.get("carnet");
        return carnet;
    }

    private static JsonNode issued(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return json(answer);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    private static void refused(HttpResponse<String> answer, int status, String code, String rule) {
        refused(answer, status, code);
        assertThat(json(answer).get("rule").asText()).isEqualTo(rule);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}

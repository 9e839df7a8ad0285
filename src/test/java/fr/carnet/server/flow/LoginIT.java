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
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.sandbox.QuietClock;
import fr.carnet.server.RunningServer;
import fr.carnet.shared.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log-ins of people as a browser and an application see them: holder, representative, professional; and every refusal. */
class LoginIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALICE = "284057505601204";
    private static final String CHLOE = "210034410902123";
    private static final String VERIFIER = "il-etait-une-fois-un-verificateur-de-preuve-assez-long";
    private static final String STATE = "état de l’application & autre=chose";

    private final RunningServer server = RunningServer.get();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Browser browser = new Browser();

    @Test
    @Tag("R16")
    void holderLogsInWithTwoFactorsAndReadsHisRecord() throws ParseException {
        Map<String, String> called = loggedIn(patientApp(Map.of()), "alice", Map.of());

        assertThat(called).containsEntry("state", STATE).containsEntry("iss", base());
        JsonNode answer = issued(token(exchange(called.get("code"))));
        assertThat(answer.has("refresh_token")).isFalse();
        assertThat(answer.get("expires_in").asInt()).isBetween(1, 300);
        JWTClaimsSet claims = claims(answer);
        assertThat(claims.getSubject()).isEqualTo(ALICE);
        assertThat(carnet(claims)).containsEntry("kind", "holder");
        assertThat(patient(answer, ALICE).statusCode()).isEqualTo(200);
        assertThat(patient(answer, ALICE).body()).contains(ALICE);
    }

    @Test
    @Tag("R16")
    void oneFactorIsNotEnough() {
        Map<String, String> called = loggedIn(patientApp(Map.of()), "alice", Map.of("acr", "eidas1"));

        assertThat(called)
                .containsEntry("error", "access_denied")
                .containsEntry("error_code", "second-factor")
                .containsEntry("state", STATE)
                .containsEntry("iss", base())
                .doesNotContainKey("code");
        assertThat(called.get("error_description")).matches("[\\x20-\\x7e&&[^\"\\\\]]+");
        assertThat(called.get("message")).contains("facteur");
        assertThat(lastTrace()).contains("R16", "second-factor", "authorize?way=login");
    }

    @Test
    @Tag("R151")
    void representativeActsUnderHisOwnName() throws ParseException {
        Map<String, String> called = loggedIn(patientApp(Map.of("person_id", cx(CHLOE))), "chloe-mother", Map.of());

        JsonNode answer = issued(token(exchange(called.get("code"))));
        JWTClaimsSet claims = claims(answer);
        assertThat(carnet(claims)).containsEntry("kind", "representative");
        assertThat(claims.getSubject()).isEqualTo("chloe-mother");
        assertThat(iua(claims)).containsEntry("subject_name", "Helene Durand").containsEntry("person_id", cx(CHLOE));
        HttpResponse<String> record = documents(answer, CHLOE);
        assertThat(record.statusCode()).as(record.body()).isEqualTo(200);
    }

    @Test
    void strangersRecordStaysShut() {
        Map<String, String> called = loggedIn(patientApp(Map.of("person_id", cx(CHLOE))), "alice", Map.of());

        JsonNode answer = issued(token(exchange(called.get("code"))));
        HttpResponse<String> refused = documents(answer, CHLOE);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("R147");
        assertThat(patient(answer, ALICE).statusCode()).isEqualTo(403);
    }

    @Test
    @Tag("R85")
    void professionalWithOneSituationActsInIt() throws ParseException {
        Map<String, String> called = loggedIn(portal(Map.of()), "dr-martin", Map.of("acr", "eidas1"));

        JsonNode answer = issued(token(portalExchange(called.get("code")), "portail-pro"));
        assertThat(claims(answer).getSubject()).isEqualTo("899700100011");
        assertThat(patient(answer, ALICE).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("R85")
    void professionalWithSeveralChoosesAmongThoseListed() throws ParseException {
        HttpResponse<String> page = arrived(portal(Map.of()), "nurse-petit", Map.of("acr", "eidas1"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Infirmier").contains("1990000010").doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'self' http://127.0.0.1:47123");
        String state = between(page.body(), "name=\"state\" value=\"", "\"").replace("&#x3D;", "=");
        HttpResponse<String> chosen = browser.submit(
                URI.create(base() + "/oauth2/login/situation"), Map.of("state", state, "situation", hospital(page)));
        JsonNode answer = issued(token(portalExchange(Browser.called(chosen).get("code")), "portail-pro"));
        assertThat(carnet(claims(answer))).containsEntry("sector", "SA01");

        // the choice was used; another was never put
        assertThat(browser.submit(
                                URI.create(base() + "/oauth2/login/situation"),
                                Map.of("state", state, "situation", "0"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.submit(
                                URI.create(base() + "/oauth2/login/situation"),
                                Map.of("state", "inconnu", "situation", "0"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @Tag("R85")
    void situationThatWasNotListedIsRefused() {
        HttpResponse<String> page = arrived(portal(Map.of()), "nurse-petit", Map.of("acr", "eidas1"));
        String state = between(page.body(), "name=\"state\" value=\"", "\"").replace("&#x3D;", "=");

        Map<String, String> called = Browser.called(browser.submit(
                URI.create(base() + "/oauth2/login/situation"), Map.of("state", state, "situation", "7")));

        assertThat(called).containsEntry("error", "access_denied").containsEntry("error_code", "situation");
    }

    @Test
    @Tag("R85")
    void situationNamedInTheRequestNeedsNoPage() throws ParseException {
        Map<String, String> called =
                loggedIn(portal(Map.of("structure", "1990000010")), "nurse-petit", Map.of("acr", "eidas1"));

        JsonNode answer = issued(token(portalExchange(called.get("code")), "portail-pro"));
        assertThat(carnet(claims(answer))).containsEntry("sector", "SA01");
        assertThat(loggedIn(portal(Map.of("structure", "1990000028")), "nurse-petit", Map.of("acr", "eidas1")))
                .containsEntry("error_code", "situation");
    }

    @ParameterizedTest(name = "{0} {1}={2}")
    @CsvSource({
        "alice, fate, expired, access_denied, proof-refused",
        "alice, fate, nonce, access_denied, proof-refused",
        "alice, fate, issuer, access_denied, proof-refused",
        "alice, acr, eidas0, access_denied, second-factor",
        "inconnue, acr, eidas2, access_denied, person-unknown",
        "homonyme, acr, eidas2, access_denied, person-unknown",
        "autres-traits, acr, eidas2, access_denied, person-unknown",
        "insi-coupe, acr, eidas2, temporarily_unavailable, upstream-unavailable"
    })
    void badLoginOfAPatientLeadsToNoCode(String person, String field, String value, String error, String code) {
        assertThat(loggedIn(patientApp(Map.of()), person, Map.of(field, value)))
                .containsEntry("error", error)
                .containsEntry("error_code", code)
                .doesNotContainKey("code");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"acr, eidas0, assurance-too-low", "fate, nonce, proof-refused", "fate, issuer, proof-refused"})
    @Tag("R85")
    void badLoginOfAProfessionalLeadsToNoCode(String field, String value, String code) {
        assertThat(loggedIn(portal(Map.of()), "dr-martin", with(Map.of("acr", "eidas1"), Map.of(field, value))))
                .containsEntry("error", "access_denied")
                .containsEntry("error_code", code);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "code_challenge_method, plain, invalid_request, parameter",
        "code_challenge_method, '', invalid_request, parameter",
        "scope, exploitation, invalid_scope, scope",
        "prompt, none, login_required, login-required",
        "purpose_of_use, bris_de_glace, invalid_request, circumstances",
        "person_id, 284057505601204, invalid_request, circumstances"
    })
    void badRequestGoesBackToTheClient(String field, String value, String error, String code) {
        Map<String, String> called =
                Browser.called(browser.open(authorize(with(patientRequest(), Map.of(field, value)))));

        assertThat(called).containsEntry("error", error).containsEntry("error_code", code);
    }

    @Test
    void proofKeyIsNeededByEveryClient() {
        for (Map<String, String> request : List.of(patientRequest(), portalRequest())) {
            Map<String, String> without = new HashMap<>(request);
            without.remove("code_challenge");
            without.remove("code_challenge_method");

            HttpResponse<String> answer = browser.open(authorize(without));

            assertThat(Browser.called(answer)).containsEntry("error", "invalid_request");
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "redirect_uri, http://127.0.0.1:47123/autre",
        "redirect_uri, https://autre.example/callback",
        "client_id, inconnu",
        "client_id, lps",
        "response_type, token"
    })
    void nobodyIsSentToAnAddressThatIsNotProven(String field, String value) {
        HttpResponse<String> page = browser.open(authorize(with(patientRequest(), Map.of(field, value))));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains(
                        "lang=\"fr\"",
                        page.headers().firstValue("X-Correlation-Id").orElseThrow());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @Test
    void codeIsOfOneClientOneAddressAndOneProofAndServesOnce() {
        String code = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");

        refused(token(with(exchange(code), Map.of("code_verifier", VERIFIER + "x"))), "code-refused");
        refused(token(with(exchange("inconnu"), Map.of())), "code-refused");
        assertThat(token(without(exchange(code), "code_verifier")).statusCode()).isIn(400, 401);
        issued(token(exchange(code)));
        refused(token(exchange(code)), "code-refused");

        String other = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        refused(
                token(with(exchange(other), Map.of("redirect_uri", "http://127.0.0.1:47124/callback"))),
                "code-refused");
        String third = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        refused(token(portalExchange(third), "portail-pro"), "code-refused");
    }

    @Test
    void codeLivesAMinute() {
        String inTime = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        QuietClock.advance(server.bean(Clock.class), Duration.ofSeconds(50));
        issued(token(exchange(inTime)));

        String late = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        QuietClock.advance(server.bean(Clock.class), Duration.ofSeconds(61));
        refused(token(exchange(late)), "code-refused");
        QuietClock.advance(server.bean(Clock.class), Duration.ofSeconds(-111));
    }

    @Test
    void scopesAreThoseOfTheAuthorizationRequest() throws ParseException {
        String code = loggedIn(patientApp(Map.of("scope", "ITI-67 ITI-68")), "alice", Map.of())
                .get("code");

        JsonNode answer = issued(token(with(exchange(code), Map.of("scope", "ITI-65"))));

        assertThat(claims(answer).getStringClaim("scope").split(" ")).containsExactlyInAnyOrder("ITI-67", "ITI-68");
    }

    @Test
    void tokenOfAPublicClientIsBoundToItsKey() throws JOSEException {
        String code = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        String proof = proof(new ECKeyGenerator(Curve.P_256).generate());

        JsonNode answer = issued(post("/oauth2/token", exchange(code), "DPoP", proof));

        assertThat(answer.get("token_type").asText()).isEqualTo("DPoP");
        assertThat(patient(answer, ALICE).statusCode()).isEqualTo(401);
    }

    @Test
    void loginBelongsToTheBrowserThatBeganIt() {
        HttpResponse<String> departure = browser.get(authorize(patientRequest()));
        String cookie = departure.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(departure.statusCode()).isEqualTo(303);
        assertThat(cookie)
                .contains("Path=/oauth2/login;", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
        String state = between(Browser.location(departure).toString(), "state=", "&");

        HttpResponse<String> stranger =
                new Browser().get(URI.create(base() + "/oauth2/login/patients?code=x&state=" + state));
        assertThat(stranger.statusCode()).isEqualTo(400);
        assertThat(stranger.body()).contains("recommencez-la depuis votre application");

        HttpResponse<String> forged = browser.get(URI.create(base() + "/oauth2/login/patients?code=x&state=" + state));
        assertThat(Browser.called(forged)).containsEntry("error_code", "proof-refused");
        HttpResponse<String> again = browser.get(URI.create(base() + "/oauth2/login/patients?code=x&state=" + state));
        assertThat(again.statusCode()).isEqualTo(400);
    }

    @Test
    void personWhoGivesUpIsToldToTheClient() {
        HttpResponse<String> departure = browser.get(authorize(patientRequest()));
        String state = between(Browser.location(departure).toString(), "state=", "&");

        HttpResponse<String> back =
                browser.get(URI.create(base() + "/oauth2/login/patients?error=access_denied&state=" + state));

        assertThat(Browser.called(back))
                .containsEntry("error", "access_denied")
                .containsEntry("error_code", "login-abandoned");
    }

    @Test
    void databaseTellsNeitherCodesNorPeople() {
        String code = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");

        List<byte[]> sealed = server.bean(DSLContext.class)
                .fetch("select sealed from carnet.login_ticket")
                .map(row -> row.get(0, byte[].class));

        assertThat(sealed).isNotEmpty().allSatisfy(row -> assertThat(new String(row, StandardCharsets.ISO_8859_1))
                .doesNotContain(ALICE, "ALICE", code, "holder"));
    }

    @Test
    void fhirBaseKnowsNoCookie() {
        String code = loggedIn(patientApp(Map.of()), "alice", Map.of()).get("code");
        JsonNode answer = issued(token(exchange(code)));

        assertThat(patient(answer, ALICE).headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(browser.get(URI.create(base() + "/fhir/Patient?identifier=" + ALICE))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void metadataSaysHowToLogIn() {
        JsonNode metadata =
                json(http(HttpRequest.newBuilder(URI.create(base() + "/.well-known/oauth-authorization-server"))
                        .build()));

        assertThat(metadata.get("authorization_endpoint").asText()).isEqualTo(base() + "/oauth2/authorize");
        assertThat(metadata.get("response_types_supported").toString()).isEqualTo("[\"code\"]");
        assertThat(metadata.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(metadata.get("grant_types_supported").toString()).contains("authorization_code");
        assertThat(metadata.get("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
    }

    private Map<String, String> loggedIn(URI request, String person, Map<String, String> fields) {
        return Browser.called(arrived(request, person, fields));
    }

    /** Every time somebody else: a browser of its own. */
    private HttpResponse<String> arrived(URI request, String person, Map<String, String> fields) {
        HttpResponse<String> page = browser.open(request);
        if (Browser.isAtCallback(page)) {
            return page;
        }
        return browser.logIn(page, with(Map.of("acr", "eidas2", "fate", "good", "actor", person), fields));
    }

    private URI patientApp(Map<String, String> more) {
        return authorize(with(patientRequest(), more));
    }

    private URI portal(Map<String, String> more) {
        return authorize(with(portalRequest(), more));
    }

    private static Map<String, String> patientRequest() {
        return Map.of(
                "client_id",
                "espace-patient",
                "response_type",
                "code",
                "redirect_uri",
                Browser.CALLBACK,
                "state",
                STATE,
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256");
    }

    private static Map<String, String> portalRequest() {
        return with(
                patientRequest(),
                Map.of("client_id", "portail-pro", "purpose_of_use", "normal", "person_id", cx(ALICE)));
    }

    private URI authorize(Map<String, String> request) {
        return URI.create(base() + "/oauth2/authorize?" + Browser.form(request));
    }

    private static Map<String, String> exchange(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "espace-patient",
                "code",
                code,
                "redirect_uri",
                Browser.CALLBACK,
                "code_verifier",
                VERIFIER);
    }

    private static Map<String, String> portalExchange(String code) {
        return without(exchange(code), "client_id");
    }

    private HttpResponse<String> token(Map<String, String> form) {
        return post("/oauth2/token", form);
    }

    private HttpResponse<String> token(Map<String, String> form, String client) {
        String account = client + ":secret-" + client;
        return post(
                "/oauth2/token",
                form,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Browser.form(form)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http(request.build());
    }

    private HttpResponse<String> patient(JsonNode answer, String ins) {
        return fhir(answer, "Patient?identifier=" + identifier(ins));
    }

    private HttpResponse<String> documents(JsonNode answer, String ins) {
        return fhir(answer, "DocumentReference?status=current&patient.identifier=" + identifier(ins));
    }

    private static String identifier(String ins) {
        return URLEncoder.encode("urn:oid:1.2.250.1.213.1.4.10|" + ins, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> fhir(JsonNode answer, String query) {
        return http(HttpRequest.newBuilder(URI.create(base() + "/fhir/" + query))
                .header("Authorization", "Bearer " + answer.get("access_token").asText())
                .build());
    }

    private HttpResponse<String> http(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String lastTrace() {
        return server.bean(DSLContext.class)
                .fetchOptional("select * from carnet.trace order by seq desc limit 1")
                .map(row -> row.intoMap().toString())
                .orElse("");
    }

    private String base() {
        return server.root().toString();
    }

    private String proof(ECKey key) throws JOSEException {
        SignedJWT proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(new Date())
                        .claim("htm", "POST")
                        .claim("htu", base() + "/oauth2/token")
                        .build());
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }

    private static String challenge() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digest.SHA_256.of(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String cx(String ins) {
        return ins + "^^^&1.2.250.1.213.1.4.10&ISO^NH";
    }

    /** Value of the button that names the hospital. */
    private static String hospital(HttpResponse<String> page) {
        String before = page.body().substring(0, page.body().indexOf("1990000010"));
        return between(before.substring(before.lastIndexOf("<button")), "value=\"", "\"");
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static Map<String, String> with(Map<String, String> form, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(form);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> without(Map<String, String> form, String field) {
        Map<String, String> rest = new HashMap<>(form);
        rest.remove(field);
        return rest;
    }

    private static JsonNode issued(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static void refused(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).isEqualTo("invalid_grant");
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    private static JWTClaimsSet claims(JsonNode answer) throws ParseException {
        return SignedJWT.parse(answer.get("access_token").asText()).getJWTClaimsSet();
    }

    private static Map<String, Object> carnet(JWTClaimsSet claims) throws ParseException {
        return extension(claims, "carnet");
    }

    private static Map<String, Object> iua(JWTClaimsSet claims) throws ParseException {
        return extension(claims, "ihe_iua");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> extension(JWTClaimsSet claims, String name) throws ParseException {
        return Optional.of(claims.getJSONObjectClaim("extensions"))
                .map(extensions -> (Map<String, Object>) extensions.get(name))
                .orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package fr.carnet.caller;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.PlainJWT;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The production door over real HTTP: no profile, two configured issuers, one of them unreachable. */
@SpringBootTest(
        classes = DoorApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "carnet.door.max-body=1KB",
            "carnet.door.origins=https://espace.example",
            "server.error.include-stacktrace=never",
            "logging.level.root=INFO",
            "logging.level.org.springframework.security=TRACE",
            "logging.level.com.nimbusds=TRACE",
            "logging.level.fr.carnet=TRACE"
        })
@ActiveProfiles(DoorApplication.PROFILE)
@ExtendWith(OutputCaptureExtension.class)
class DoorIT {

    private static final TestTokens TOKENS = new TestTokens();
    private static final KeysServer KEYS = KeysServer.serving(TOKENS.keys());
    private static final String UNREACHABLE = "https://unreachable.test";

    @LocalServerPort
    private int port;

    @Autowired
    private DoorApplication.Attempts attempts;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void issuers(DynamicPropertyRegistry properties) {
        properties.add("carnet.public-base-url", () -> TestTokens.BASE + "/");
        properties.add("carnet.issuers[0].issuer", () -> TestTokens.ISSUER);
        properties.add("carnet.issuers[0].jwks-uri", KEYS::uri);
        properties.add("carnet.issuers[1].issuer", () -> UNREACHABLE);
        properties.add("carnet.issuers[1].jwks-uri", () -> "http://127.0.0.1:1/jwks");
    }

    @AfterAll
    static void stop() {
        KEYS.close();
    }

    @BeforeEach
    void forget() {
        attempts.seen().clear();
        attempts.breakDown(false);
    }

    @Test
    void goodTokenTellsWhoCalls() {
        HttpResponse<String> answer = get("/fhir/whoami", TOKENS.good());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"subject\":\"899700100011\"")
                .contains("\"role\":\"10\"")
                .contains("\"mode\":\"normal\"")
                .contains("\"patient\":\"urn:oid:1.2.250.1.213.1.4.10|284057505601204\"");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Correlation-Id")).isPresent();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(attempts.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256"})
    void otherAllowedAlgorithmsAreTaken(String algorithm) {
        JWSAlgorithm alg = JWSAlgorithm.parse(algorithm);
        String kid = JWSAlgorithm.Family.EC.contains(alg) ? "ec" : "rsa";

        assertThat(get("/fhir/whoami", TOKENS.signed(TestTokens.header(alg, kid), c -> {}))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "RS384", "RS512", "PS512"})
    void otherAlgorithmsAreRefused(String algorithm) {
        refused(TOKENS.signed(TestTokens.header(JWSAlgorithm.parse(algorithm), "rsa"), c -> {}), "token-unproved");
    }

    @Test
    void unsignedTokenIsRefused() {
        refused(new PlainJWT(TestTokens.claims().build()).serialize(), "token-unproved");
    }

    @Test
    void otherTokenTypesAreRefused() {
        for (String type : new String[] {"JWT", "IUA-JWT", "id_token"}) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType(type))
                    .keyID("rsa")
                    .build();
            refused(TOKENS.signed(header, c -> {}), "token-unproved");
        }
        refused(
                TOKENS.signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), c -> {}),
                "token-unproved");
    }

    @Test
    void keyCarriedByTheTokenItselfIsIgnored() throws Exception {
        TestTokens stranger = new TestTokens();
        JWSHeader header = new JWSHeader.Builder(TestTokens.header(JWSAlgorithm.RS256, "rsa"))
                .jwk(stranger.keys().getKeyByKeyId("rsa").toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:1/stranger"))
                .build();

        refused(stranger.signed(header, c -> {}), "token-unproved");
    }

    @Test
    void tamperedTokenIsRefused() {
        String[] parts = TOKENS.good().split("\\.", -1);
        String other = TOKENS.with(c -> c.subject("899700100029")).split("\\.", -1)[1];

        refused(parts[0] + "." + other + "." + parts[2], "token-unproved");
    }

    @Test
    void otherAudienceIsRefused() {
        refused(TOKENS.with(c -> c.audience("https://elsewhere.test/fhir")), "token-audience");
    }

    @Test
    void unknownIssuerIsRefusedWithoutAnyFetch() {
        int before = KEYS.requests();

        refused(TOKENS.with(c -> c.issuer("https://stranger.test")), "token-issuer-unknown");
        assertThat(KEYS.requests()).isEqualTo(before);
    }

    @Tag("R83")
    @Test
    void expiredTokenIsRefusedBeyondTheSkew() {
        refused(dated(-600, -61), "token-expired");
        assertThat(get("/fhir/whoami", dated(-600, -30)).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenFromTheFutureIsRefusedBeyondTheSkew() {
        refused(dated(90, 600), "token-from-the-future");
        assertThat(get("/fhir/whoami", dated(30, 600)).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenThatLivesTooLongIsRefused() {
        refused(dated(0, 3601), "token-lifetime");
        assertThat(get("/fhir/whoami", dated(0, 3600)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "sub", "exp", "iat", "jti", "client_id", "scope"})
    void missingClaimIsNamed(String claim) {
        OperationOutcome outcome = refused(TOKENS.with(c -> c.claim(claim, null)), "token-claim-missing");

        assertThat(text(outcome)).contains("« " + claim + " »");
    }

    @Test
    void tokenWithoutIssuerIsRefused() {
        refused(TOKENS.with(c -> c.claim("iss", null)), "token-issuer-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b.c", "....", "eyJhbGciOiJSUzI1NiJ9.e30.AA"})
    void garbageIsRefused(String token) {
        HttpResponse<String> answer = get("/fhir/whoami", token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer)
                        .getIssueFirstRep()
                        .getDetails()
                        .getCodingFirstRep()
                        .getCode())
                .startsWith("token-");
    }

    @Test
    void browsersOfListedApplicationsMayRead() {
        HttpResponse<String> asked = preflight("https://espace.example");
        HttpResponse<String> read = fromBrowser("https://espace.example");

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://espace.example");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://espace.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://autre.example", "http://espace.example", "https://espace.example:8443", "null"})
    void browsersOfOthersAreToldNothing(String origin) {
        assertThat(preflight(origin).statusCode()).isIn(401, 403);
        assertThat(preflight(origin).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(fromBrowser(origin).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private HttpResponse<String> preflight(String origin) {
        return send("/fhir/whoami", request -> request.method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization"));
    }

    private HttpResponse<String> fromBrowser(String origin) {
        return send("/fhir/whoami", request -> request.header("Origin", origin)
                .header("Authorization", "Bearer " + TOKENS.good()));
    }

    @Test
    void tokenInTheUrlIsNotRead() {
        HttpResponse<String> answer = send("/fhir/whoami?access_token=" + TOKENS.good(), r -> {});

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(code(json(answer))).isEqualTo("token-missing");
    }

    @Test
    void unknownKidDoesNotHammerTheIssuer() {
        get("/fhir/whoami", TOKENS.good());
        int before = KEYS.requests();
        for (int i = 0; i < 20; i++) {
            refused(TOKENS.signed(TestTokens.header(JWSAlgorithm.RS256, "unknown" + i), c -> {}), "token-unproved");
        }

        assertThat(KEYS.requests() - before).isLessThanOrEqualTo(2);
        assertThat(get("/fhir/whoami", TOKENS.good()).statusCode()).isEqualTo(200);
    }

    @Test
    void unreachableKeysAreNoFaultOfTheToken() {
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> answer = get("/fhir/whoami", TOKENS.with(c -> c.issuer(UNREACHABLE)));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(code(json(answer))).isEqualTo("keys-unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void malformedAssertionIs422AndNamesTheClaim() {
        HttpResponse<String> answer = get("/fhir/whoami", TOKENS.with(c -> c.claim("extensions", null)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(code(json(answer))).isEqualTo("assertion-malformed");
        assertThat(text(json(answer))).contains("extensions.carnet.kind");
    }

    @Test
    void refusalIsAnOperationOutcomeInFrench() {
        HttpResponse<String> answer = send("/fhir/whoami", r -> {});
        OperationOutcome outcome = json(answer);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/fhir+json;charset=UTF-8");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"carnet\"");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(outcome.getLanguage()).isEqualTo("fr");
        assertThat(text(outcome)).startsWith("Cette adresse demande un jeton d’accès");
        assertThat(outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getSystem())
                .isEqualTo("https://carnet.example/fhir/CodeSystem/error");
        assertThat(outcome.getIssueFirstRep().getDiagnostics())
                .isEqualTo("correlation-id: "
                        + answer.headers().firstValue("X-Correlation-Id").orElseThrow());
    }

    @Test
    void refusalIsEnglishAndXmlWhenAskedFor() {
        HttpResponse<String> answer = send("/fhir/whoami", r -> r.header("Accept-Language", "en-GB, fr;q=0.5")
                .header("Accept", "application/fhir+xml, application/fhir+json;q=0.5"));
        OperationOutcome outcome = xml(answer);

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/fhir+xml;charset=UTF-8");
        assertThat(outcome.getLanguage()).isEqualTo("en");
        assertThat(text(outcome)).startsWith("This address needs an access token");
        assertThat(xml(send("/fhir/whoami?_format=xml", r -> {})).hasIssue()).isTrue();
        assertThat(json(send("/fhir/whoami?_format=json", r -> r.header("Accept", "application/fhir+xml")))
                        .hasIssue())
                .isTrue();
    }

    @Test
    void uselessWishesGetTheDefault() {
        HttpResponse<String> answer =
                send("/fhir/whoami", r -> r.header("Accept-Language", "!!").header("Accept", "no/type/at/all"));

        assertThat(json(answer).getLanguage()).isEqualTo("fr");
    }

    @Test
    void badTokenSaysWhyInTheChallenge() {
        assertThat(get("/fhir/whoami", dated(-600, -100)).headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"carnet\", error=\"invalid_token\","
                        + " error_description=\"The token has expired: ask for a new one and try again.\"");
    }

    @Test
    void metadataIsPublicAndTheRestOfFhirIsNot() {
        assertThat(send("/fhir/metadata", r -> {}).statusCode()).isEqualTo(200);
        assertThat(send("/fhir/Patient", r -> {}).statusCode()).isEqualTo(401);
        assertThat(send("/fhir", r -> {}).statusCode()).isEqualTo(401);
        assertThat(send("/fhir/metadata/x", r -> {}).statusCode()).isEqualTo(401);
        assertThat(send("/fhir/metadata", r -> r.method("POST", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sandbox",
                "/sandbox/token",
                "/sandbox/clock",
                "/sandbox/reset",
                "/oauth2/jwks",
                "/oauth2/token",
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
                "/login",
                "/actuator/health",
                "/actuator/env",
                "/nowhere"
            })
    void nothingElseIsServedWithoutTheSandbox(String path) {
        for (String method : new String[] {"GET", "POST"}) {
            HttpResponse<String> answer = send(path, r -> r.method(method, BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(code(json(answer))).isEqualTo("path-unknown");
        }
        assertThat(get(path, TOKENS.good()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir//Patient", "/fhir/Patient;x=y", "/fhir/%2e%2e/sandbox"})
    void crookedPathIsRejected(String path) {
        HttpResponse<String> answer = get(path, TOKENS.good());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(json(answer))).isEqualTo("request-rejected");
    }

    @Test
    void compressedBodyIsRefused() {
        HttpResponse<String> answer = send("/fhir", r -> r.header("Authorization", "Bearer " + TOKENS.good())
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[10])));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(code(json(answer))).isEqualTo("body-encoded");
        assertThat(attempts.seen()).hasSize(1);
    }

    @Test
    void announcedOversizedBodyIsRefused() {
        HttpResponse<String> answer = post(BodyPublishers.ofByteArray(new byte[1025]));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(text(json(answer))).contains("1024");
    }

    @Test
    void chunkedOversizedBodyIsRefused() {
        HttpResponse<String> answer =
                post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200_000])));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(code(json(answer))).isEqualTo("body-too-large");
    }

    @Test
    void bodyWithinTheLimitPassesAnnouncedOrChunked() {
        assertThat(post(BodyPublishers.ofByteArray(new byte[1024])).body()).contains("1024");
        assertThat(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1024])))
                        .body())
                .contains("1024");
    }

    @Test
    void refusalsAreTracedWithoutTheQuery() {
        HttpResponse<String> answer = send("/fhir/Patient?identifier=" + TestTokens.INS, r -> {});

        assertThat(attempts.seen()).singleElement().satisfies(attempt -> {
            assertThat(attempt.error()).isEqualTo(DoorError.TOKEN_MISSING);
            assertThat(attempt.path()).isEqualTo("/fhir/Patient");
            assertThat(attempt.method()).isEqualTo("GET");
            assertThat(attempt.correlationId())
                    .isEqualTo(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
        });
    }

    @Test
    void untraceableRefusalBecomes503() {
        attempts.breakDown(true);

        HttpResponse<String> answer = send("/fhir/Patient", r -> {});

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(code(json(answer))).isEqualTo("trace-unavailable");
    }

    @Test
    void clientIdOfTheRequestIsTakenOnlyWhenHarmless() {
        String safe = "0f8fad5b-d9cb-469f-a165-70867728950e";

        assertThat(send("/fhir/Patient", r -> r.header("X-Request-Id", safe))
                        .headers()
                        .firstValue("X-Correlation-Id"))
                .hasValue(safe);
        assertThat(send("/fhir/Patient", r -> r.header("X-Request-Id", TestTokens.INS))
                        .headers()
                        .firstValue("X-Correlation-Id")
                        .orElseThrow())
                .isNotEqualTo(TestTokens.INS);
    }

    @Test
    void neitherTokenNorNameNorMatriculeReachesTheLog(CapturedOutput output) {
        String good = TOKENS.good();
        String expired = dated(-600, -100);
        get("/fhir/whoami", good);
        get("/fhir/whoami", expired);
        get("/fhir/whoami", TOKENS.with(c -> c.subject("not a professional")));

        assertThat(output.getAll()).contains("/fhir/whoami");
        assertThat(output.getAll())
                .doesNotContain(good.substring(good.lastIndexOf('.')))
                .doesNotContain(expired.substring(expired.lastIndexOf('.')))
                .doesNotContain(TestTokens.INS)
                .doesNotContain(TestTokens.NAME)
                .doesNotContain(TestTokens.ID_NAT_PS);
    }

    /** Such a path dies in the container, before any filter. */
    @Test
    void encodedSlashIsRefusedWithoutAWord() {
        HttpResponse<String> answer = get("/fhir/a%2Fb", TOKENS.good());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Tomcat", "Exception");
    }

    private static String dated(long issuedIn, long expiresIn) {
        Instant now = Instant.now();
        return TOKENS.with(c -> c.issueTime(Date.from(now.plusSeconds(issuedIn)))
                .expirationTime(Date.from(now.plusSeconds(expiresIn))));
    }

    private OperationOutcome refused(String token, String code) {
        HttpResponse<String> answer = get("/fhir/whoami", token);
        assertThat(answer.statusCode()).isEqualTo(401);
        OperationOutcome outcome = json(answer);
        assertThat(code(outcome)).isEqualTo(code);
        assertThat(answer.body()).doesNotContain(token);
        return outcome;
    }

    private HttpResponse<String> get(String path, String token) {
        return send(path, r -> r.header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body) {
        return send("/fhir", r -> r.header("Authorization", "Bearer " + TOKENS.good())
                .header("Content-Type", "application/octet-stream")
                .POST(body));
    }

    private HttpResponse<String> send(String path, Consumer<HttpRequest.Builder> change) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        change.accept(request);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static OperationOutcome json(HttpResponse<String> answer) {
        return parse(FhirContext.forR4Cached().newJsonParser(), answer);
    }

    private static OperationOutcome xml(HttpResponse<String> answer) {
        return parse(FhirContext.forR4Cached().newXmlParser(), answer);
    }

    private static OperationOutcome parse(IParser parser, HttpResponse<String> answer) {
        return parser.parseResource(OperationOutcome.class, answer.body());
    }

    private static String code(OperationOutcome outcome) {
        return outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode();
    }

    private static String text(OperationOutcome outcome) {
        return outcome.getIssueFirstRep().getDetails().getText().replace('\u00a0', ' ');
    }
}

package fr.carnet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.caller.DoorApplication;
import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.directory.insi.InsiAnswer;
import fr.carnet.directory.insi.InsiTeleservice;
import fr.carnet.shared.DueJob;
import fr.carnet.token.SigningKeys;
import fr.carnet.trace.TraceStore;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.MockConnection;
import org.jooq.tools.jdbc.MockResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

/** The sandbox over real HTTP: its tokens pass the production door because their issuer is configured, or are refused. */
@SpringBootTest(classes = DoorApplication.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@Import(SandboxIT.Neighbours.class)
@ActiveProfiles({DoorApplication.PROFILE, "sandbox"})
class SandboxIT {

    private static final int PORT = TestSocketUtils.findAvailableTcpPort();
    private static final String BASE = "http://localhost:" + PORT;
    private static final String ALICE = "284057505601204";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    @Autowired
    private Neighbours.Seen seen;

    @Autowired
    private SandboxClock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> PORT);
        properties.add("carnet.public-base-url", () -> BASE);
        properties.add("carnet.issuers[0].issuer", () -> BASE);
        properties.add("carnet.issuers[0].jwks-uri", () -> BASE + "/oauth2/jwks");
        properties.add("carnet.sandbox.data-dir", data::toString);
    }

    /** What other rooms bring. */
    @TestConfiguration
    static class Neighbours {

        record Seen(AtomicInteger resets, List<Instant> runs) {}

        @Bean
        Seen seen() {
            return new Seen(new AtomicInteger(), new CopyOnWriteArrayList<>());
        }

        @Bean
        SandboxStore sandboxStore(Seen seen) {
            return () -> seen.resets().incrementAndGet();
        }

        @Bean
        InsiTeleservice insi() {
            return traits -> new InsiAnswer.NotFound();
        }

        /** Keeps nothing. */
        @Bean
        DSLContext dsl() {
            DSLContext numbers = DSL.using(SQLDialect.POSTGRES);
            Field<Long> number = DSL.field("seq", SQLDataType.BIGINT);
            return DSL.using(
                    new MockConnection(statement -> {
                        Result<Record1<Long>> one = numbers.newResult(number);
                        one.add(numbers.newRecord(number).values(1L));
                        return new MockResult[] {new MockResult(1, one)};
                    }),
                    SQLDialect.POSTGRES);
        }

        @Bean
        TraceStore traceStore(DSLContext dsl) {
            return new TraceStore(dsl);
        }

        /** Knows none. */
        @Bean
        DeclaredStructures declared() {
            return structure -> false;
        }

        /** Knows nobody. */
        @Bean
        ProfessionalDirectory directory() {
            return professional -> Optional.empty();
        }

        @Bean
        DueJob dueJob(Seen seen) {
            return now -> seen.runs().add(now);
        }
    }

    @AfterEach
    void presentTime() {
        clock.reset();
        seen.runs().clear();
    }

    @Test
    void everybodyOfTheCastPassesTheDoor() {
        assertThat(Cast.load().actors()).allSatisfy(actor -> {
            HttpResponse<String> answer = whoami(Map.of("actor", actor.id()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).get("kind").asText()).isEqualTo(actor.kind().name());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "dr-martin, 899700100011, 10, SA07, 399999001300016, ''",
        "pharmacist-roche, 899700100045, 21, SA33, 1990000044, ''",
        "coordinator, 899700100110, R22:GENR08, SA57, 1990000051, ''",
        "alice, 284057505601204, A00:EXP_PATIENT, '', '', urn:oid:1.2.250.1.213.1.4.10|284057505601204",
        "chloe-mother, chloe-mother, '', '', '', urn:oid:1.2.250.1.213.1.4.10|210034410902123",
        "hospital-automate, hospital-automate, A00:AUTOMATE, '', 1990000010, ''"
    })
    void tokenSaysWhoHeIs(String actor, String subject, String role, String sector, String structure, String patient) {
        JsonNode me = json(whoami(Map.of("actor", actor)));

        assertThat(me.get("subject").asText()).isEqualTo(subject);
        assertThat(me.get("role").asText()).isEqualTo(role);
        assertThat(me.get("sector").asText()).isEqualTo(sector);
        assertThat(me.get("structure").asText()).isEqualTo(structure);
        assertThat(me.get("patient").asText()).isEqualTo(patient);
    }

    @Test
    void formSetsTheCircumstances() throws ParseException {
        Map<String, String> form = Map.ofEntries(
                Map.entry("actor", "dr-martin"),
                Map.entry("patient", ALICE),
                Map.entry("purpose", "bris_de_glace"),
                Map.entry("reason", "inconscient"),
                Map.entry("unable_to_consent", "true"),
                Map.entry("immediate_risk", "true"),
                Map.entry("secret", "true"),
                Map.entry("structure", "hospital"),
                Map.entry("auth_mode", "INDIRECTE_RENFORCEE"),
                Map.entry("software", "LPS 2"));
        JsonNode me = json(whoami(form));
        Map<?, ?> extensions =
                (Map<?, ?>) SignedJWT.parse(token(form)).getJWTClaimsSet().getClaim("extensions");

        assertThat(me.get("mode").asText()).isEqualTo("bris_de_glace");
        assertThat(me.get("patient").asText()).endsWith(ALICE);
        assertThat(me.get("secret").asBoolean()).isTrue();
        assertThat(me.get("structure").asText()).isEqualTo("1990000010");
        assertThat(extensions.get("carnet"))
                .isEqualTo(Map.of(
                        "kind", "professional",
                        "sector", "SA01",
                        "regulation", false,
                        "auth_mode", "INDIRECTE_RENFORCEE",
                        "software", "LPS 2",
                        "reason", "inconscient",
                        "unable_to_consent", true,
                        "immediate_risk", true,
                        "secret", true));
    }

    @Test
    void answerIsAnOAuthTokenAnswer() throws ParseException {
        HttpResponse<String> answer = post("/sandbox/token", Map.of("actor", "dr-martin", "ttl", "120"));
        JsonNode body = json(answer);
        SignedJWT token = SignedJWT.parse(body.get("access_token").asText());

        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(body.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(body.get("expires_in").asInt()).isEqualTo(120);
        assertThat(body.get("scope").asText()).isEqualTo("urn:dmp");
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(token.getJWTClaimsSet().getClaims())
                .containsKeys("iss", "sub", "client_id", "aud", "jti", "iat", "exp", "scope");
    }

    @ParameterizedTest
    @CsvSource({
        "purpose, '', 422, assertion-malformed",
        "patient, 123, 422, assertion-malformed",
        "patient, 284057505601205, 422, assertion-malformed",
        "structure, '', 422, assertion-malformed",
        "structure, nowhere, 422, assertion-malformed",
        "auth_mode, TELEPATHIE, 422, assertion-malformed",
        "software, '', 422, assertion-malformed",
        "ttl, -3600, 401, token-expired",
        "ttl, 7200, 401, token-lifetime"
    })
    void nonsenseIsIssuedAndRefusedAtTheDoor(String field, String value, int status, String code) {
        HttpResponse<String> answer = whoami(Map.of("actor", "dr-martin", field, value));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void unknownPurposeReachesThePolicy() {
        JsonNode me = json(whoami(Map.of("actor", "dr-martin", "purpose", "research")));

        assertThat(me.get("mode").asText()).isEmpty();
    }

    @Test
    void holderWhoNamesAnotherPatientIsRefused() {
        assertThat(whoami(Map.of("actor", "bruno", "patient", ALICE)).statusCode())
                .isEqualTo(422);
    }

    @Test
    void unknownActorIsToldWhoExists() {
        for (Map<String, String> form : List.of(Map.of("actor", "nobody"), Map.<String, String>of())) {
            HttpResponse<String> answer = post("/sandbox/token", form);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).get("error").asText()).isEqualTo("invalid_request");
            assertThat(json(answer).get("error_description").asText()).contains("dr-martin", "auditor");
            assertThat(json(answer).get("valid").get("actor")).hasSize(36);
        }
    }

    @Test
    void lifetimeThatIsNoNumberIsRefused() {
        assertThat(post("/sandbox/token", Map.of("actor", "alice", "ttl", "soon"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void tokenEndpointTakesFormsOnly() {
        assertThat(get("/sandbox/token").statusCode()).isEqualTo(405);
    }

    @Test
    void clockMovesTheDoorAndRunsDueJobs() {
        String token = token(Map.of("actor", "alice"));
        HttpResponse<String> moved = post("/sandbox/clock", Map.of("advance", "P42D"));

        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(now(moved)).isAfter(Instant.now().plus(Duration.ofDays(41)));
        assertThat(seen.runs()).containsExactly(now(moved));
        assertThat(whoami(token).statusCode()).isEqualTo(401);
        assertThat(whoami(Map.of("actor", "alice")).statusCode()).isEqualTo(200);

        post("/sandbox/clock", Map.of("reset", ""));
        assertThat(whoami(token).statusCode()).isEqualTo(200);
    }

    @Test
    void clockGoesToAnInstantAndByHours() {
        post("/sandbox/clock", Map.of("at", "2030-01-01T00:00:00Z"));
        HttpResponse<String> later = post("/sandbox/clock", Map.of("advance", "PT2H"));

        assertThat(now(later)).isBetween(Instant.parse("2030-01-01T02:00:00Z"), Instant.parse("2030-01-01T02:01:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"at, tomorrow", "advance, 42 days", "advance, P1X", "advance, PT99999999999999H", "elsewhere, 1"})
    void clockRefusesWhatItCannotRead(String field, String value) {
        assertThat(post("/sandbox/clock", Map.of(field, value)).statusCode()).isEqualTo(400);
        assertThat(clock.offset()).isZero();
        assertThat(seen.runs()).isEmpty();
    }

    @Test
    void clockTakesOneMoveAtATime() {
        assertThat(post("/sandbox/clock", Map.of("reset", "", "advance", "P1D")).statusCode())
                .isEqualTo(400);
        assertThat(post("/sandbox/clock", Map.of()).statusCode()).isEqualTo(400);
    }

    @Test
    void resetEmptiesTheStore() {
        int before = seen.resets().get();

        assertThat(post("/sandbox/reset", Map.of()).statusCode()).isEqualTo(200);
        assertThat(seen.resets().get()).isEqualTo(before + 1);
    }

    @Test
    void indexShowsCastAndFirstSteps() {
        JsonNode index = json(get("/sandbox"));

        assertThat(index.get("fhir").asText()).isEqualTo(BASE + "/fhir");
        assertThat(index.get("actors")).hasSize(36);
        assertThat(index.get("patients")).hasSize(10);
        assertThat(index.get("first").get(0).asText()).contains("curl", "/sandbox/token");
    }

    @Test
    void discoveryNamesWhatIsOffered() {
        JsonNode metadata = json(get("/.well-known/oauth-authorization-server"));

        assertThat(metadata.get("issuer").asText()).isEqualTo(BASE);
        assertThat(metadata.get("jwks_uri").asText()).isEqualTo(BASE + "/oauth2/jwks");
        assertThat(metadata.get("token_endpoint").asText()).isEqualTo(BASE + "/oauth2/token");
        assertThat(metadata.get("introspection_endpoint").asText()).isEqualTo(BASE + "/oauth2/introspect");
        assertThat(metadata.has("revocation_endpoint")).isFalse();
    }

    @Test
    void publishedKeysHoldNothingPrivate() {
        JsonNode key = json(get("/oauth2/jwks")).get("keys").get(0);

        assertThat(key.get("kty").asText()).isEqualTo("EC");
        assertThat(key.has("d")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/revoke",
                "/oauth2/par",
                "/.well-known/openid-configuration",
                "/userinfo",
                "/connect/logout",
                "/connect/register"
            })
    void issuerOffersNothingElse(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(post(path, Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void keySurvivesARestart() {
        JsonNode published = json(get("/oauth2/jwks")).get("keys").get(0);

        assertThat(new SigningKeys(data.resolve("token-keys"), clock).current().getKeyID())
                .isEqualTo(published.get("kid").asText());
    }

    private HttpResponse<String> whoami(Map<String, String> form) {
        return whoami(token(form));
    }

    private HttpResponse<String> whoami(String token) {
        return send(HttpRequest.newBuilder(URI.create(BASE + "/fhir/whoami"))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private String token(Map<String, String> form) {
        return json(post("/sandbox/token", form)).get("access_token").asText();
    }

    private static Instant now(HttpResponse<String> answer) {
        return Instant.parse(json(answer).get("now").asText());
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(BASE + path)).build());
    }

    private HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(BASE + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

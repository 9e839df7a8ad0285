package fr.carnet.token.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** An OpenID provider that answers well, badly and not at all. */
class OpenIdClientTest {

    private static final String ISSUER = "https://identite.example";
    private static final String BACK = "https://carnet.example/oauth2/login/patients";

    private final ECKey key = key();
    private HttpServer provider;
    private String userinfo = "{\"sub\":\"une-personne\",\"family_name\":\"MOREAU\"}";
    private String userinfoType = "application/json";
    private String nonce = "";
    private int tokenStatus = 200;
    private Map<String, Object> spoilt = Map.of();

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        tokenStatus,
                        "application/json",
                        "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + signed(idToken())
                                + "\"}"));
        provider.createContext(
                "/jwks",
                exchange -> answer(exchange, 200, "application/json", new JWKSet(key.toPublicJWK()).toString()));
        provider.createContext("/userinfo", exchange -> answer(exchange, 200, userinfoType, userinfo));
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void requestAsksForTheLevelAndBearsStateNonceAndProofKey() {
        OAuth2AuthorizationRequest request = client().request(new MockHttpServletRequest());

        assertThat(request.getAuthorizationRequestUri())
                .startsWith(address("/auth"))
                .contains(
                        "acr_values=eidas2", "code_challenge_method=S256", "nonce=", "state=", "redirect_uri=" + BACK);
        Attempt.Departure departure = OpenIdClient.departure(request);
        assertThat(request.getAuthorizationRequestUri()).doesNotContain(departure.nonce(), departure.verifier());
    }

    @Test
    void whoHasLoggedInArrivesWithHisClaims() {
        Arrival arrival = arrive();

        assertThat(arrival.text("sub")).contains("une-personne");
        assertThat(arrival.text("family_name")).contains("MOREAU");
        assertThat(arrival.text("acr")).contains("eidas2");
        assertThat(arrival.accessToken()).isEqualTo("a");
    }

    @Test
    void userinfoOverridesNothingOfTheIdToken() {
        userinfo = "{\"sub\":\"une-personne\",\"acr\":\"eidas3\"}";

        assertThat(arrive().text("acr")).contains("eidas2");
    }

    @Test
    void signedUserinfoIsVerified() {
        userinfoType = "application/jwt";
        userinfo = signed(new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("carnet")
                .subject("une-personne")
                .claim("family_name", "MOREAU")
                .build());
        assertThat(arrive().text("family_name")).contains("MOREAU");

        userinfo = signed(new JWTClaimsSet.Builder()
                .issuer("https://autre.example")
                .audience("carnet")
                .subject("une-personne")
                .build());
        refused(TokenError.PROOF_REFUSED, "userinfo");
    }

    @Test
    void userinfoOfAnotherPersonIsRefused() {
        userinfo = "{\"sub\":\"une-autre\"}";

        refused(TokenError.PROOF_REFUSED, "sub");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "iss, https://autre.example, id_token",
        "aud, un-autre, id_token",
        "nonce, un-autre, nonce",
        "sub, une-autre, sub"
    })
    void idTokenThatSaysSomethingElseIsRefused(String claim, String value, String detail) {
        spoilt = Map.of(claim, value);

        refused(TokenError.PROOF_REFUSED, detail);
    }

    @Test
    void idTokenThatHasExpiredIsRefused() {
        spoilt = Map.of("exp", Date.from(Instant.now().minusSeconds(600)));

        refused(TokenError.PROOF_REFUSED, "id_token");
    }

    @Test
    void providerThatFailsIsAnOutage() {
        tokenStatus = 503;

        refused(TokenError.UPSTREAM_UNAVAILABLE, "patients");
    }

    @Test
    void providerThatIsDownIsAnOutage() {
        provider.stop(0);

        refused(TokenError.UPSTREAM_UNAVAILABLE, "patients");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "error, access_denied, LOGIN_ABANDONED",
        "error, temporarily_unavailable, UPSTREAM_UNAVAILABLE",
        "iss, https://autre.example, PROOF_REFUSED",
        "autre, rien, PARAMETER"
    })
    void answerWithoutCodeIsRefused(String parameter, String value, TokenError error) {
        OpenIdClient client = client();
        Attempt.Departure departure = OpenIdClient.departure(client.request(new MockHttpServletRequest()));

        TokenRefusal refusal = catchThrowableOfType(
                () -> client.arrive(departure, new StatedParameters(Map.of(parameter, value))), TokenRefusal.class);

        assertThat(refusal.reason()).isEqualTo(error);
    }

    private Arrival arrive() {
        OpenIdClient client = client();
        OAuth2AuthorizationRequest request = client.request(new MockHttpServletRequest());
        nonce = (String) request.getAdditionalParameters().get("nonce");
        return client.arrive(OpenIdClient.departure(request), new StatedParameters(Map.of("code", "c", "iss", ISSUER)));
    }

    private void refused(TokenError error, String detail) {
        TokenRefusal refusal = catchThrowableOfType(this::arrive, TokenRefusal.class);

        assertThat(refusal.reason()).isEqualTo(error);
        assertThat(refusal.detail()).contains(detail);
    }

    private OpenIdClient client() {
        return new OpenIdClient(
                new OpenIdProvider(
                        TokenSettings.People.PATIENTS,
                        ISSUER,
                        URI.create(address("/auth")),
                        URI.create(address("/token")),
                        URI.create(address("/jwks")),
                        Optional.of(URI.create(address("/userinfo"))),
                        "carnet",
                        "secret",
                        ClientAuthenticationMethod.CLIENT_SECRET_POST,
                        Set.of("openid"),
                        "eidas2",
                        Duration.ofSeconds(2)),
                BACK);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + provider.getAddress().getPort() + path;
    }

    private JWTClaimsSet idToken() {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("carnet")
                .subject("une-personne")
                .issueTime(Date.from(Instant.now().minusSeconds(1200)))
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .claim("acr", "eidas2")
                .claim("nonce", nonce);
        spoilt.forEach(claims::claim);
        return claims.build();
    }

    private String signed(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

package fr.carnet.token;

import com.nimbusds.jose.jwk.JWK;
import fr.carnet.caller.CallerClaims;
import fr.carnet.caller.CallerSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Writes an access token as our door reads it (RFC 9068, IUA); Spring Authorization Server adds {@code cnf}. */
final class AccessTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final String audience;
    private final Supplier<JWK> key;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param audience the FHIR base
     * @param key the key that signs now
     * @param lifetime of an access token
     */
    AccessTokenClaims(String audience, Supplier<JWK> key, Duration lifetime, Clock clock) {
        this.audience = audience;
        this.key = key;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader()
                .algorithm(SignatureAlgorithm.from(key.get().getAlgorithm().getName()));
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())
                && context.getPrincipal() instanceof Identified identified) {
            CallerSession session = identified.getPrincipal();
            Instant now = clock.instant();
            context.getJwsHeader().type("at+jwt");
            // the library reads the machine's clock, the door the shared one
            context.getClaims()
                    .issuedAt(now)
                    .notBefore(now)
                    .expiresAt(now.plus(lifetime))
                    .audience(List.of(audience))
                    .id(session.caller().token().id())
                    .claim("client_id", context.getRegisteredClient().getClientId())
                    .claim("scope", String.join(" ", context.getAuthorizedScopes()))
                    .claim("extensions", CallerClaims.of(session));
        }
    }
}

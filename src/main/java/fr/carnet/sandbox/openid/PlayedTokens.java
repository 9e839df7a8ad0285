package fr.carnet.sandbox.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2RefreshTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** What a played provider signs; its key lives as long as the process, like its sessions. */
public final class PlayedTokens {

    private static final int BITS = 2048;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final BiConsumer<Presence, JwtEncodingContext> claims;
    private final JWKSource<SecurityContext> keys = new ImmutableJWKSet<>(new JWKSet(key()));

    /** @param claims completes the claims of a token of somebody present */
    public PlayedTokens(BiConsumer<Presence, JwtEncodingContext> claims) {
        this.claims = claims;
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    /** Makes its tokens. */
    public OAuth2TokenGenerator<OAuth2Token> generator() {
        JwtGenerator tokens = new JwtGenerator(new PlayedSignatures(keys));
        tokens.setJwtCustomizer(this::customize);
        return new DelegatingOAuth2TokenGenerator(tokens, new OAuth2RefreshTokenGenerator());
    }

    /** For userinfo, which is asked with an access token. */
    JwtDecoder decoder() {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        return new NimbusJwtDecoder(processor);
    }

    private void customize(JwtEncodingContext context) {
        if (context.getPrincipal() instanceof Presence present) {
            claims.accept(present, context);
            if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
                spoil(context, present.fate());
            }
        }
    }

    private static void spoil(JwtEncodingContext context, Presence.Fate fate) {
        JwtClaimsSet.Builder claims = context.getClaims();
        Instant now = Instant.now();
        switch (fate) {
            case GOOD -> {}
            case EXPIRED -> claims.issuedAt(now.minus(LONG.multipliedBy(2))).expiresAt(now.minus(LONG));
            case FUTURE -> claims.issuedAt(now.plus(LONG)).expiresAt(now.plus(LONG.multipliedBy(2)));
            case NONCE -> claims.claim("nonce", UUID.randomUUID().toString());
            case MISSING -> claims.claims(all -> all.remove("nonce"));
            case ISSUER -> claims.issuer("https://autre.example");
            case AUDIENCE -> claims.audience(List.of("autre"));
            case ALGORITHM, UNSIGNED, KEY -> context.getJwsHeader().header(PlayedSignatures.FATE, fate.name());
        }
    }

    static RSAKey key() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}

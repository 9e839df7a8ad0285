package fr.carnet.sandbox.psc;

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
import fr.carnet.sandbox.Cast;
import java.util.UUID;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2RefreshTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** What Pro Santé Connect signs; its key lives as long as the process, like its sessions. */
final class PscTokens {

    private static final int BITS = 2048;

    private final Cast cast;
    private final JWKSource<SecurityContext> keys = new ImmutableJWKSet<>(new JWKSet(key()));

    PscTokens(Cast cast) {
        this.cast = cast;
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    OAuth2TokenGenerator<OAuth2Token> generator() {
        JwtGenerator tokens = new JwtGenerator(new NimbusJwtEncoder(keys));
        tokens.setJwtCustomizer(this::claims);
        return new DelegatingOAuth2TokenGenerator(tokens, new OAuth2RefreshTokenGenerator());
    }

    /** For userinfo, which is asked with an access token. */
    JwtDecoder decoder() {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        return new NimbusJwtDecoder(processor);
    }

    private void claims(JwtEncodingContext context) {
        if (context.getPrincipal() instanceof CastPresence present) {
            cast.actor(present.getPrincipal()).ifPresent(actor -> {
                context.getClaims()
                        .subject(CastUserinfo.sub(actor))
                        .claim("acr", present.assurance())
                        .claim("authMode", "CARD")
                        .claim("client_id", context.getRegisteredClient().getClientId());
                if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                    context.getClaims().claim("SubjectNameID", actor.idNatPs().orElseThrow());
                }
            });
        }
    }

    private static RSAKey key() {
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

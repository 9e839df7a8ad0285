package fr.carnet.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import fr.carnet.caller.DoorSettings.TrustedIssuer;
import fr.carnet.shared.Digest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Accepts the access tokens of the configured issuers (RFC 9068, RFC 8725; rules of the security page §4.5).
 *
 * <p>Signature, type and presence of the claims are proved once and remembered for seconds, since they are the costly
 * part; what depends on the time is checked at every request.
 */
final class TrustedTokens implements JwtDecoder {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    private static final List<String> REQUIRED =
            List.of("iss", "aud", "sub", "exp", "iat", "jti", "client_id", "scope");
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int REMEMBERED_AT_MOST = 10_000;

    private final Map<String, Issuer> issuers;
    private final Cache<String, Proved> proved = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_AT_MOST)
            .expireAfterWrite(REMEMBERED)
            .build();

    TrustedTokens(DoorSettings settings, Clock clock) {
        issuers = settings.issuers().stream()
                .collect(Collectors.toUnmodifiableMap(
                        TrustedIssuer::issuer, issuer -> Issuer.of(issuer, settings, clock)));
    }

    /** @throws DoorRefusal naming what is wrong; {@link DoorError#KEYS_UNAVAILABLE} when it cannot be known for now */
    @Override
    public Jwt decode(String token) {
        String key = digest(token);
        Proved known = proved.getIfPresent(key);
        if (known == null) {
            known = prove(token);
            proved.put(key, known);
        }
        known.issuer().rules().check(known.token());
        return known.token();
    }

    private Proved prove(String token) {
        try {
            JWT parsed = JWTParser.parse(token);
            if (!(parsed instanceof SignedJWT signed)) {
                throw new DoorRefusal(DoorError.TOKEN_UNPROVED);
            }
            Issuer issuer = issuers.get(String.valueOf(signed.getJWTClaimsSet().getIssuer()));
            if (issuer == null) {
                throw new DoorRefusal(DoorError.TOKEN_ISSUER_UNKNOWN);
            }
            JWTClaimsSet claims = issuer.processor().process(signed, null);
            requireAll(claims);
            return new Proved(issuer, jwt(token, signed, claims));
        } catch (ParseException e) {
            throw new DoorRefusal(DoorError.TOKEN_MALFORMED);
        } catch (KeySourceException e) {
            throw new DoorRefusal(DoorError.KEYS_UNAVAILABLE);
        } catch (BadJOSEException | JOSEException e) {
            throw new DoorRefusal(DoorError.TOKEN_UNPROVED);
        }
    }

    private static void requireAll(JWTClaimsSet claims) {
        for (String name : REQUIRED) {
            Object value = claims.getClaim(name);
            if (value == null || value.equals("") || value.equals(List.of())) {
                throw new DoorRefusal(DoorError.TOKEN_CLAIM_MISSING, name);
            }
        }
    }

    private static Jwt jwt(String token, SignedJWT signed, JWTClaimsSet claims) {
        try {
            return Jwt.withTokenValue(token)
                    .headers(headers -> headers.putAll(signed.getHeader().toJSONObject()))
                    .claims(all -> all.putAll(
                            MappedJwtClaimSetConverter.withDefaults(Map.of()).convert(claims.getClaims())))
                    .build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DoorRefusal(DoorError.TOKEN_MALFORMED);
        }
    }

    private static String digest(String token) {
        return Digest.SHA_256.hex(token.getBytes(StandardCharsets.UTF_8));
    }

    private record Proved(Issuer issuer, Jwt token) {}

    private record Issuer(DefaultJWTProcessor<SecurityContext> processor, TokenRules rules) {

        static Issuer of(TrustedIssuer issuer, DoorSettings settings, Clock clock) {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                    new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new IssuerKeys(issuer.jwksUri())));
            // time and audience belong to TokenRules, which run on every request and on the shared clock
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            return new Issuer(processor, new TokenRules(settings.audienceOf(issuer), settings.door(), clock));
        }
    }
}

package fr.carnet.sandbox.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs with the published key or, where the header says so, in a way that must be refused. */
final class PlayedSignatures implements JwtEncoder {

    /** Header that names a {@link Presence.Fate}. */
    static final String FATE = "fate";

    private static final String SHARED = "a secret of more than 32 characters";

    private final JwtEncoder published;
    private final JwtEncoder unpublished = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(PlayedTokens.key())));

    PlayedSignatures(JWKSource<SecurityContext> keys) {
        this.published = new NimbusJwtEncoder(keys);
    }

    @Override
    public Jwt encode(JwtEncoderParameters parameters) {
        Presence.Fate fate = Presence.Fate.of(parameters.getJwsHeader().getHeader(FATE));
        return switch (fate) {
            case KEY -> unpublished.encode(parameters);
            case ALGORITHM, UNSIGNED -> unproved(published.encode(parameters), fate);
            default -> published.encode(parameters);
        };
    }

    private static Jwt unproved(Jwt good, Presence.Fate fate) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(good.getTokenValue()).getJWTClaimsSet();
            String token = fate == Presence.Fate.UNSIGNED ? new PlainJWT(claims).serialize() : shared(claims);
            return Jwt.withTokenValue(token)
                    .headers(headers -> headers.putAll(good.getHeaders()))
                    .claims(all -> all.putAll(good.getClaims()))
                    .build();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shared(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(SHARED));
        return token.serialize();
    }
}

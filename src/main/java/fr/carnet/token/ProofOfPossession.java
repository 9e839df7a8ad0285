package fr.carnet.token;

import fr.carnet.shared.SingleUse;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Verifies the DPoP proof of a token request (RFC 9449 §5): single use, on whatever node (§11.1), minutes old at most, for
 * this address.
 */
final class ProofOfPossession {

    /** Longer than the library takes a proof for fresh. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final DPoPProofJwtDecoderFactory decoders = new DPoPProofJwtDecoderFactory();
    private final String tokenEndpoint;
    private final SingleUse used;
    private final Clock clock;

    /** @param tokenEndpoint as clients reach it: a proxy may stand in between */
    ProofOfPossession(String tokenEndpoint, SingleUse used, Clock clock) {
        this.tokenEndpoint = tokenEndpoint;
        this.used = used;
        this.clock = clock;
    }

    /** @throws TokenRefusal {@link TokenError#DPOP_PROOF} */
    Jwt verified(String proof) {
        Jwt verified = decoded(proof);
        String id = "dpop|" + tokenEndpoint + "|" + verified.getId();
        if (!used.first(id, clock.instant().plus(REMEMBERED))) {
            throw new TokenRefusal(TokenError.DPOP_PROOF);
        }
        return verified;
    }

    private Jwt decoded(String proof) {
        try {
            DPoPProofContext context = DPoPProofContext.withDPoPProof(proof)
                    .method("POST")
                    .targetUri(tokenEndpoint)
                    .build();
            return decoders.createDecoder(context).decode(proof);
        } catch (JwtException | IllegalArgumentException e) {
            throw new TokenRefusal(TokenError.DPOP_PROOF);
        }
    }
}

package fr.carnet.token;

import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** Verifies the DPoP proof of a token request (RFC 9449 §5): single use, minutes old at most, for this address. */
final class ProofOfPossession {

    private final DPoPProofJwtDecoderFactory decoders = new DPoPProofJwtDecoderFactory();
    private final String tokenEndpoint;

    /** @param tokenEndpoint as clients reach it: a proxy may stand in between */
    ProofOfPossession(String tokenEndpoint) {
        this.tokenEndpoint = tokenEndpoint;
    }

    /** @throws TokenRefusal {@link TokenError#DPOP_PROOF} */
    Jwt verified(String proof) {
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

package fr.carnet.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The library remembers proofs in one JVM; what all nodes share is asked besides. */
class ProofOfPossessionTest {

    private static final String ENDPOINT = "https://dmp.example/oauth2/token";

    private final Set<String> used = new HashSet<>();
    private final ProofOfPossession node =
            new ProofOfPossession(ENDPOINT, (id, until) -> used.add(id), Clock.systemUTC());

    @Test
    void aNewProofIsTakenAndAllNodesKnow() throws JOSEException {
        assertThat(node.verified(proof("a", ENDPOINT)).getId()).isEqualTo("a");
        assertThat(used).containsExactly("dpop|" + ENDPOINT + "|a");
    }

    @Test
    void whatAnotherNodeHasTakenIsRefused() throws JOSEException {
        used.add("dpop|" + ENDPOINT + "|b");

        refuses(proof("b", ENDPOINT));
    }

    @Test
    void aProofForElsewhereIsRefusedAndNotUsedUp() throws JOSEException {
        refuses(proof("c", "https://elsewhere.example/oauth2/token"));

        assertThat(used).isEmpty();
    }

    private void refuses(String proof) {
        assertThatExceptionOfType(TokenRefusal.class)
                .isThrownBy(() -> node.verified(proof))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(TokenError.DPOP_PROOF));
    }

    private static String proof(String id, String address) throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        var proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(id)
                        .issueTime(Date.from(Instant.now()))
                        .claim("htm", "POST")
                        .claim("htu", address)
                        .build());
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }
}

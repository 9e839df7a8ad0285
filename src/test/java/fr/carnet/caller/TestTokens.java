package fr.carnet.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Tokens of an issuer of the tests: a good one, and whatever a test makes of it. */
final class TestTokens {

    static final String ISSUER = "https://issuer.test";
    static final String BASE = "https://carnet.test";
    static final String NAME = "Zoé Inconnue-Secrète";
    static final String ID_NAT_PS = "899700100011";
    static final String INS = "284057505601204";

    private final RSAKey rsa;
    private final ECKey ec;

    TestTokens() {
        try {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWKSet keys() {
        return new JWKSet(List.of(rsa, ec));
    }

    String good() {
        return with(claims -> {});
    }

    String with(Consumer<JWTClaimsSet.Builder> change) {
        return signed(header(JWSAlgorithm.RS256, "rsa"), change);
    }

    String signed(JWSHeader header, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        try {
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(signer(header.getAlgorithm()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWSHeader header(JWSAlgorithm algorithm, String kid) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
    }

    static JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(BASE + "/fhir")
                .subject(ID_NAT_PS)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .claim("client_id", "lps")
                .claim("scope", "urn:dmp")
                .claim("extensions", extensions());
    }

    static Map<String, Object> extensions() {
        return Map.of(
                "ihe_iua",
                Map.of(
                        "subject_name",
                        NAME,
                        "subject_organization",
                        "Cabinet",
                        "subject_organization_id",
                        "urn:oid:1.2.250.1.71.4.2.2|399999001300016",
                        "subject_role",
                        List.of(
                                Map.of("system", RoleSystem.G15.url(), "code", "10"),
                                Map.of("system", RoleSystem.R38.url(), "code", "SM54")),
                        "purpose_of_use",
                        List.of(Map.of("system", CallerTokens.PURPOSE_SYSTEM, "code", "normal")),
                        "person_id",
                        INS + "^^^&1.2.250.1.213.1.4.10&ISO^NH"),
                "carnet",
                Map.of("kind", "professional", "sector", "SA07", "auth_mode", "DIRECTE", "software", "LPS 1.0"));
    }

    private JWSSigner signer(JWSAlgorithm algorithm) throws JOSEException {
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            // the classic confusion: the public key used as a shared secret
            return new MACSigner(rsa.toRSAPublicKey().getEncoded());
        }
        return JWSAlgorithm.Family.EC.contains(algorithm) ? new ECDSASigner(ec) : new RSASSASigner(rsa);
    }
}

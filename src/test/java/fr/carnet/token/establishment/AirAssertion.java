package fr.carnet.token.establishment;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.RoleSystem;
import fr.carnet.sandbox.igc.IssuedCertificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An assertion of AIR as an establishment would write it, and whatever else: any claim can be set or taken away. */
public final class AirAssertion {

    private final Map<String, Object> claims = new LinkedHashMap<>();
    private String type = AirAssertions.TYPE;
    private Optional<IssuedCertificate> enclosed = Optional.empty();

    private AirAssertion() {}

    /** Of a hospital cardiologist who looks into the record of a patient, good for one minute. */
    public static AirAssertion of(String structure, String audience, Instant now) {
        AirAssertion assertion = new AirAssertion();
        assertion
                .with("iss", structure)
                .with("sub", "99700100029")
                .with("aud", audience)
                .with("iat", Date.from(now))
                .with("exp", Date.from(now.plus(Duration.ofMinutes(1))))
                .with("jti", UUID.randomUUID().toString())
                .with("extensions.ihe_iua.subject_name", "Paul Leroy")
                .with(
                        "extensions.ihe_iua.subject_role",
                        List.of(code(RoleSystem.G15.url(), "10"), code(RoleSystem.R38.url(), "SM04")))
                .with("extensions.ihe_iua.purpose_of_use", List.of(code(CallerTokens.PURPOSE_SYSTEM, "normal")))
                .with("extensions.ihe_iua.person_id", "284057505601204^^^&1.2.250.1.213.1.4.10&ISO^NH")
                .with("extensions.carnet.sector", "SA01")
                .with("extensions.carnet.authentication_method", AssertionLimits.PGSSIS)
                .with("extensions.carnet.software.name", "DPI de test")
                .with("extensions.carnet.software.version", "7.2")
                .with("extensions.carnet.software.homologation", "TST-0001");
        return assertion;
    }

    public static Map<String, Object> code(String system, String code) {
        return Map.of("system", system, "code", code);
    }

    /** Sets a claim by its dotted path. */
    public AirAssertion with(String path, Object value) {
        parent(path).put(path.substring(path.lastIndexOf('.') + 1), value);
        return this;
    }

    /** Takes a claim away. */
    public AirAssertion without(String path) {
        parent(path).remove(path.substring(path.lastIndexOf('.') + 1));
        return this;
    }

    public AirAssertion type(String other) {
        type = other;
        return this;
    }

    /** Encloses another certificate than that of the key that signs. */
    public AirAssertion enclosing(IssuedCertificate other) {
        enclosed = Optional.of(other);
        return this;
    }

    public String signedBy(IssuedCertificate signer) {
        return signed(JWSAlgorithm.RS256, signer, new RSASSASigner(signer.key()));
    }

    public String signedBy(IssuedCertificate signer, JWSAlgorithm algorithm) {
        return signed(algorithm, signer, new RSASSASigner(signer.key()));
    }

    /** Signed with the public key as if it were a shared secret (RFC 8725 §2.1). */
    public String confused(IssuedCertificate signer) throws JOSEException {
        return signed(
                JWSAlgorithm.HS256,
                signer,
                new MACSigner(signer.certificate().getPublicKey().getEncoded()));
    }

    public String withoutSignature() {
        return new PlainJWT(set()).serialize();
    }

    public String withoutCertificate(IssuedCertificate signer) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType(type))
                        .build(),
                signer);
    }

    private String signed(JWSAlgorithm algorithm, IssuedCertificate signer, JWSSigner with) {
        IssuedCertificate shown = enclosed.orElse(signer);
        try {
            JWSHeader header = new JWSHeader.Builder(algorithm)
                    .type(new JOSEObjectType(type))
                    .x509CertChain(List.of(
                            Base64.encode(shown.certificate().getEncoded()),
                            Base64.encode(shown.authority().getEncoded())))
                    .build();
            SignedJWT jwt = new SignedJWT(header, set());
            jwt.sign(with);
            return jwt.serialize();
        } catch (JOSEException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(JWSHeader header, IssuedCertificate signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, set());
            jwt.sign(new RSASSASigner(signer.key()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet set() {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
        claims.forEach(builder::claim);
        return builder.build();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> parent(String path) {
        Map<String, Object> object = claims;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            object = (Map<String, Object>) object.computeIfAbsent(names[i], name -> new HashMap<String, Object>());
        }
        return object;
    }
}

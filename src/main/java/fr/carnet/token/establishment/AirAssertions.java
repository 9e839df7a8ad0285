package fr.carnet.token.establishment;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import fr.carnet.shared.SingleUse;
import fr.carnet.token.establishment.EstablishmentStatements.Assertion;
import fr.carnet.token.establishment.EstablishmentStatements.Form;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accepts the JWT that an establishment signs for one of its professionals (AIR, R71–R77; RFC 7523 §3, RFC 8725).
 *
 * <p>Header: {@code typ} {@code air+jwt}, {@code alg} RS256, PS256 or ES256, {@code x5c} beginning with the establishment's
 * signing certificate. Claims: {@code iss} the structure, {@code sub} the RPPS number, {@code aud} the token endpoint,
 * {@code iat}, {@code exp}, {@code jti}, and in {@code extensions} what an access token of this server says in the same
 * words ({@code ihe_iua}, {@code carnet}).
 */
public final class AirAssertions {

    /** {@code typ} of its header. */
    public static final String TYPE = "air+jwt";

    private static final JOSEObjectType AIR = new JOSEObjectType(TYPE);
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    private static final int MAX_LENGTH = 32 * 1024;

    private final EstablishmentCertificates certificates;
    private final SingleUse singleUse;
    private final AssertionLimits limits;
    private final Clock clock;

    /**
     * With what it judges by.
     *
     * @param certificates verifies the signing certificate
     * @param singleUse remembers what was used
     * @param limits times, audiences and methods that are accepted
     * @param clock at whose time an assertion is judged
     */
    public AirAssertions(
            EstablishmentCertificates certificates, SingleUse singleUse, AssertionLimits limits, Clock clock) {
        this.certificates = certificates;
        this.singleUse = singleUse;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Verifies an assertion and uses it up.
     *
     * @param text compact serialisation (RFC 7515)
     * @return what it states
     * @throws EstablishmentRefusal naming why it is refused
     */
    public EstablishmentStatements accept(String text) {
        SignedJWT jwt = parse(text);
        EstablishmentCertificate signer = signer(jwt.getHeader());
        verify(jwt, signer);
        JWTClaimsSet claims = claims(jwt);
        AirClaims stated = new AirClaims(claims.getClaims());
        if (!stated.required("iss").equals(signer.structure().value())) {
            throw new EstablishmentRefusal(EstablishmentError.STRUCTURE_MISMATCH, "iss");
        }
        checkAudience(claims);
        Assertion assertion = assertion(claims, stated);
        EstablishmentStatements statements = new AirReading(stated, limits.methods()).statements(assertion, signer);
        String id = Form.AIR + " " + signer.structure().value() + " " + assertion.id();
        if (!singleUse.first(id, assertion.expires())) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_REPLAYED);
        }
        return statements;
    }

    private static SignedJWT parse(String text) {
        try {
            if (text.length() > MAX_LENGTH) {
                throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED);
            }
            JWT jwt = JWTParser.parse(text);
            if (!(jwt instanceof SignedJWT signed)) {
                throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_MISSING);
            }
            return signed;
        } catch (ParseException e) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED, e);
        }
    }

    private EstablishmentCertificate signer(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_ALGORITHM, "alg");
        }
        if (!AIR.equals(header.getType())) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_INVALID, "typ");
        }
        List<Base64> chain = header.getX509CertChain();
        X509Certificate first = chain == null || chain.isEmpty()
                ? null
                : X509CertUtils.parse(chain.get(0).decode());
        if (first == null) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_CERTIFICATE_MISSING, "x5c");
        }
        return certificates.verify(first, CertificateUsage.SIGNATURE);
    }

    private static void verify(SignedJWT jwt, EstablishmentCertificate signer) {
        try {
            var verifier = new DefaultJWSVerifierFactory()
                    .createJWSVerifier(jwt.getHeader(), signer.certificate().getPublicKey());
            if (!jwt.verify(verifier)) {
                throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_INVALID);
            }
        } catch (JOSEException e) {
            throw new EstablishmentRefusal(EstablishmentError.SIGNATURE_INVALID, e);
        }
    }

    private static JWTClaimsSet claims(SignedJWT jwt) {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_MALFORMED, e);
        }
    }

    private void checkAudience(JWTClaimsSet claims) {
        if (claims.getAudience().isEmpty()) {
            throw new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, "aud");
        }
        if (claims.getAudience().stream().noneMatch(limits.audiences()::contains)) {
            throw new EstablishmentRefusal(EstablishmentError.AUDIENCE_MISMATCH);
        }
    }

    private Assertion assertion(JWTClaimsSet claims, AirClaims stated) {
        Instant issued = required(claims.getIssueTime(), "iat");
        Instant end = required(claims.getExpirationTime(), "exp");
        Optional<Instant> notBefore =
                Optional.ofNullable(claims.getNotBeforeTime()).map(Date::toInstant);
        if (Duration.between(issued, end).compareTo(limits.maxAge()) > 0) {
            throw new EstablishmentRefusal(EstablishmentError.ASSERTION_LIFETIME);
        }
        Instant expires = limits.check(clock.instant(), issued, notBefore, Optional.of(end));
        return new Assertion(Form.AIR, stated.id("jti"), issued, expires);
    }

    private static Instant required(Date date, String claim) {
        return Optional.ofNullable(date)
                .map(Date::toInstant)
                .orElseThrow(() -> new EstablishmentRefusal(EstablishmentError.FIELD_MISSING, claim));
    }
}

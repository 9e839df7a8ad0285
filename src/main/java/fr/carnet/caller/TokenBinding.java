package fr.carnet.caller;

import fr.carnet.shared.Digest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * To which key of the client a token is bound (claim {@code cnf}): whoever else holds it can do nothing with it.
 *
 * @param certificate {@code x5t#S256}, thumbprint of the certificate of the TLS connection (RFC 8705)
 * @param key {@code jkt}, thumbprint of the key of the DPoP proof (RFC 9449)
 */
record TokenBinding(Optional<String> certificate, Optional<String> key) {

    /** Where the servlet API has the chain of the TLS client (Servlet 6.0 §3.10). */
    static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** @throws DoorRefusal {@link DoorError#ASSERTION_MALFORMED} if the claim has not its shape, or names no key that is known here */
    static TokenBinding of(Jwt token) {
        Object cnf = token.getClaims().get("cnf");
        if (cnf == null) {
            return new TokenBinding(Optional.empty(), Optional.empty());
        }
        if (cnf instanceof Map<?, ?> members) {
            TokenBinding binding = new TokenBinding(text(members.get("x5t#S256")), text(members.get("jkt")));
            if (binding.certificate.isPresent() || binding.key.isPresent()) {
                return binding;
            }
        }
        throw new DoorRefusal(DoorError.ASSERTION_MALFORMED, "cnf");
    }

    private static Optional<String> text(Object value) {
        return Optional.ofNullable(value).filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Whether the request comes from the holder of the key.
     *
     * @param proved true if a DPoP proof of this very token was verified
     */
    boolean holds(HttpServletRequest request, boolean proved) {
        boolean sameCertificate = certificate.isEmpty()
                || certificate.equals(certificateOf(request).map(TokenBinding::thumbprint));
        return sameCertificate && (key.isEmpty() || proved);
    }

    /** The certificate by which the other side of the connection proved itself. */
    static Optional<X509Certificate> certificateOf(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.SHA_256.of(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of a TLS connection has an encoding", e);
        }
    }
}

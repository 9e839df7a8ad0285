package fr.carnet.caller;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the client's certificate from the {@code Client-Cert} header (RFC 9440) of a proxy that proved itself by a
 * certificate of its own, and puts it where that of a TLS connection is looked for.
 *
 * <p>The header of anybody else is refused: it is a forgery, or a proxy that was not set up. The certificate of a proxy is
 * never taken for that of a client. {@code Client-Cert-Chain} is not looked at: authorities are those of the server.
 */
final class ForwardedCertificates extends OncePerRequestFilter {

    private static final String HEADER = "Client-Cert";
    /** A byte sequence (RFC 8941 §3.3.5). */
    private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/]+={0,2}):");

    private final ProxySettings proxies;
    private final DoorAnswers answers;

    ForwardedCertificates(ProxySettings proxies, DoorAnswers answers) {
        this.proxies = proxies;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        List<String> forwarded = Collections.list(request.getHeaders(HEADER));
        boolean proxied =
                TokenBinding.certificateOf(request).filter(proxies::names).isPresent();
        Optional<X509Certificate> client =
                forwarded.size() == 1 && proxied ? certificate(forwarded.get(0)) : Optional.empty();
        if (!forwarded.isEmpty() && !proxied) {
            answers.refuse(request, response, new DoorRefusal(DoorError.PROXY_UNPROVED));
        } else if (!forwarded.isEmpty() && client.isEmpty()) {
            answers.refuse(request, response, new DoorRefusal(DoorError.CLIENT_CERT_MALFORMED));
        } else {
            next.doFilter(proxied ? new ForwardedRequest(request, client) : request, response);
        }
    }

    private static Optional<X509Certificate> certificate(String field) {
        Matcher bytes = BYTES.matcher(field.strip());
        if (!bytes.matches()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getDecoder().decode(bytes.group(1));
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            // one certificate in DER, and nothing after it
            return Arrays.equals(read.getEncoded(), der) ? Optional.of(read) : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

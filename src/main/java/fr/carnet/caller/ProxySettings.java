package fr.carnet.caller;

import fr.carnet.shared.Digest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The reverse proxies that may say which certificate a client showed them.
 *
 * @param proxies SHA-256 of the certificate by which each proves itself here, in hexadecimal, with or without colons; none
 *     when no proxy stands in front
 */
@ConfigurationProperties("carnet.door")
record ProxySettings(Set<String> proxies) {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if one is no fingerprint */
    ProxySettings {
        proxies = proxies == null
                ? Set.of()
                : proxies.stream().map(ProxySettings::fingerprint).collect(Collectors.toUnmodifiableSet());
    }

    /** True if this is the certificate of one of them. */
    boolean names(X509Certificate certificate) {
        try {
            return !proxies.isEmpty() && proxies.contains(Digest.SHA_256.hex(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of a TLS connection has an encoding", e);
        }
    }

    private static String fingerprint(String written) {
        String hex = written.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "carnet.door.proxies[] must be SHA-256 fingerprints of certificates, in hexadecimal");
        }
        return hex;
    }
}

package fr.carnet.sandbox.igc;

import java.security.Key;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Text encoding of keys and certificates (RFC 7468). */
public final class Pem {

    private Pem() {}

    /** A private or public key, in the encoding of PKCS#8 or X.509. */
    public static String of(String label, Key key) {
        return of(label, key.getEncoded());
    }

    /** A certificate. */
    public static String of(X509Certificate certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded before", e);
        }
    }

    private static String of(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text);
    }
}

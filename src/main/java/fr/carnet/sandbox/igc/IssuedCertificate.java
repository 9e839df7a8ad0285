package fr.carnet.sandbox.igc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/**
 * A certificate with its key, as a vendor receives it.
 *
 * @param certificate of the establishment
 * @param key its private key
 * @param authority that issued it
 */
public record IssuedCertificate(X509Certificate certificate, PrivateKey key, X509Certificate authority) {

    /** Number of the certificate, in hexadecimal. */
    public String serial() {
        return certificate.getSerialNumber().toString(16);
    }

    /** Certificate, key and authority as a PKCS#12 file. */
    public byte[] pkcs12(String password) {
        try (var out = new ByteArrayOutputStream()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(serial(), key, password.toCharArray(), new Certificate[] {certificate, authority});
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK writes PKCS#12", e);
        }
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "IssuedCertificate[" + serial() + "]";
    }
}

package fr.carnet.token.establishment;

import fr.carnet.sandbox.igc.IssuedCertificate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** HTTP clients over TLS, with a certificate of their own or without. */
public final class TlsClients {

    private static final char[] PASSWORD = "test".toCharArray();

    private TlsClients() {}

    /** Shows no certificate. */
    public static HttpClient anonymous(List<X509Certificate> authorities) {
        return client(authorities, Optional.empty(), List.of());
    }

    /** Shows its certificate and the authority that issued it, as software of the field does. */
    public static HttpClient with(IssuedCertificate own, List<X509Certificate> authorities) {
        return client(authorities, Optional.of(own), List.of(own.certificate(), own.authority()));
    }

    /** Shows its certificate alone. */
    public static HttpClient withNothingElse(IssuedCertificate own, List<X509Certificate> authorities) {
        return client(authorities, Optional.of(own), List.of(own.certificate()));
    }

    /** Speaks one version of TLS only. */
    public static HttpClient speaking(String protocol, List<X509Certificate> authorities) {
        return HttpClient.newBuilder()
                .sslContext(context(authorities, Optional.empty(), List.of()))
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build();
    }

    private static HttpClient client(
            List<X509Certificate> authorities, Optional<IssuedCertificate> own, List<X509Certificate> shown) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(authorities, own, shown))
                .build();
    }

    private static SSLContext context(
            List<X509Certificate> authorities, Optional<IssuedCertificate> own, List<X509Certificate> shown) {
        try {
            KeyStore trusted = store();
            for (X509Certificate one : authorities) {
                trusted.setCertificateEntry(one.getSerialNumber().toString(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.isPresent() ? keys(own.get(), shown) : null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keys(IssuedCertificate own, List<X509Certificate> shown)
            throws GeneralSecurityException, IOException {
        KeyStore store = store();
        store.setKeyEntry("own", own.key(), PASSWORD, shown.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

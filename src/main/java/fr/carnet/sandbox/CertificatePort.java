package fr.carnet.sandbox;

import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.igc.IssuedCertificate;
import fr.carnet.sandbox.igc.KeptAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * A second port of the sandbox, for clients that prove themselves by a certificate: HTTPS under a certificate of the
 * sandbox's own authority. In production it is {@code server.ssl}, or a proxy in front.
 */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class CertificatePort {

    /** The store never leaves the process. */
    private static final String PASSWORD = "sandbox";

    private static final String KEY = "server";

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> certificatePorts(
            SandboxSettings settings, DoorSettings door, KeptAuthority authority) {
        return factory -> {
            Connector connector = new Connector();
            connector.setPort(settings.tlsPort());
            // limits and leniencies of the other port
            factory.getTomcatConnectorCustomizers().forEach(customizer -> customizer.customize(connector));
            connector.setScheme("https");
            connector.setSecure(true);
            connector.setProperty("SSLEnabled", "true");
            connector.addSslHostConfig(tls(door, authority));
            factory.addAdditionalTomcatConnectors(connector);
        };
    }

    private static SSLHostConfig tls(DoorSettings door, KeptAuthority authority) {
        List<String> hosts = Stream.of(
                        "localhost", "127.0.0.1", door.publicBaseUrl().getHost())
                .distinct()
                .toList();
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("optional");
        tls.setTrustStore(trusted(authority.authorities().certificates()));
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystore(keys(authority.server(hosts)));
        own.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(own);
        return tls;
    }

    private static KeyStore keys(IssuedCertificate own) {
        return store(store -> store.setKeyEntry(
                KEY, own.key(), PASSWORD.toCharArray(), new Certificate[] {own.certificate(), own.authority()}));
    }

    private static KeyStore trusted(List<X509Certificate> authorities) {
        return store(store -> {
            for (X509Certificate one : authorities) {
                store.setCertificateEntry(one.getSerialNumber().toString(), one);
            }
        });
    }

    private static KeyStore store(Content content) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            content.addTo(store);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK has PKCS#12", e);
        }
    }

    @FunctionalInterface
    private interface Content {
        void addTo(KeyStore store) throws GeneralSecurityException;
    }
}

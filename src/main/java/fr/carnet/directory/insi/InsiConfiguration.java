package fr.carnet.directory.insi;

import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** INSi where {@code carnet.insi.url} says where it is. Stands by itself: a command may start it without the server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carnet.insi.url")
@EnableConfigurationProperties(InsiSettings.class)
public class InsiConfiguration {

    @Bean
    InsiTeleservice insiTeleservice(InsiSettings settings, SslBundles bundles, Clock clock) {
        Optional<SSLContext> tls = Optional.of(settings.sslBundle())
                .filter(name -> !name.isBlank())
                .map(name -> bundles.getBundle(name).createSslContext());
        return new SoapInsi(settings, tls, clock);
    }
}

package fr.carnet.directory.insi;

import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
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
        return new SoapInsi(
                settings, settings.sslBundle().map(bundles::getBundle).map(InsiConfiguration::context), clock);
    }

    private static SSLContext context(SslBundle bundle) {
        return bundle.createSslContext();
    }
}

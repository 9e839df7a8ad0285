package fr.carnet.directory.insi;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where INSi is, and who asks.
 *
 * @param url address of the teleservice; {@code https}, but for a simulator on this machine
 * @param sslBundle name of Spring Boot's SSL bundle with the client certificate and the trusted authorities; empty: the
 *     JDK's authorities and no client certificate
 * @param authorisation number of the software's authorisation ({@code IDAM}), given by the Cnda
 * @param software name of the software, as authorised
 * @param version its version, as authorised
 * @param instance UUID of this installation
 * @param emitter identifier of who asks: professional or structure
 * @param connectTimeout longest wait for a connection
 * @param timeout longest wait for a whole answer
 * @param retries further attempts where no answer came for want of a connection or of a server behind it
 */
@ConfigurationProperties("carnet.insi")
record InsiSettings(
        URI url,
        @DefaultValue("") String sslBundle,
        @DefaultValue("") String authorisation,
        @DefaultValue("Carnet") String software,
        @DefaultValue("1") String version,
        @DefaultValue("") String instance,
        @DefaultValue("") String emitter,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("1") int retries) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if the address is not protected, or a number is out of range */
    InsiSettings {
        boolean safe = "https".equals(url.getScheme())
                || ("http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost()));
        if (!safe) {
            throw new IllegalArgumentException("carnet.insi.url: https is needed");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("carnet.insi: timeouts are positive");
        }
        if (retries < 0) {
            throw new IllegalArgumentException("carnet.insi.retries: not negative");
        }
    }
}

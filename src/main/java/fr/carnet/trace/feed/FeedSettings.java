package fr.carnet.trace.feed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit repository that is fed. Its certificate is checked against the authorities of the JVM.
 *
 * @param url FHIR base of the repository, {@code https} unless it is on this machine; null: nothing is sent
 * @param tokenFile file with the bearer token, read anew for each round; null: none is sent
 * @param connectTimeout for the connection
 * @param timeout for a whole round, less than {@code carnet.outbox.lease}
 */
@ConfigurationProperties("carnet.trace.feed")
public record FeedSettings(
        URI url,
        Path tokenFile,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration timeout) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if traces would travel in clear, or a timeout is not positive */
    public FeedSettings {
        if (url != null && !isSafe(url)) {
            throw new IllegalArgumentException("carnet.trace.feed.url: an https URL without user, query and fragment");
        }
        for (Duration duration : new Duration[] {connectTimeout, timeout}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("carnet.trace.feed: timeouts are positive");
            }
        }
    }

    private static boolean isSafe(URI url) {
        boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        boolean here = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
        boolean closed = here || "https".equals(url.getScheme());
        return url.getHost() != null && bare && closed;
    }

    /** False: no entry is made, and those that were made wait. */
    public boolean isOn() {
        return url != null;
    }
}

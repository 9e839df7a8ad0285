package fr.carnet.caller;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The public keys of one issuer.
 *
 * <p>Kept five minutes, and for an hour while the issuer cannot be reached; an unknown {@code kid} makes them be fetched
 * again, at most twice in thirty seconds. After that a stranger's {@code kid} is simply no key of ours.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final int FETCH_TIMEOUT_MS = 2_000;
    private static final int MAX_BYTES = 50 * 1024;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);

    private final JWKSource<SecurityContext> source;
    private volatile boolean reachable;

    IssuerKeys(URI jwksUri) {
        try {
            source = JWKSourceBuilder.create(
                            jwksUri.toURL(),
                            new DefaultResourceRetriever(FETCH_TIMEOUT_MS, FETCH_TIMEOUT_MS, MAX_BYTES))
                    .cache(LIFETIME.toMillis(), WAIT.toMillis())
                    .refreshAheadCache(false)
                    .retrying(true)
                    .outageTolerant(OUTAGE.toMillis())
                    .healthReporting(report -> reachable = report.getHealthStatus() == HealthStatus.HEALTHY)
                    .rateLimited(REFRESH_INTERVAL.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("carnet.issuers[].jwks-uri must be an http(s) URL", e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        try {
            return source.get(selector, context);
        } catch (RateLimitReachedException e) {
            if (reachable) {
                return List.of();
            }
            throw e;
        }
    }
}

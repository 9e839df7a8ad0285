package fr.carnet.token;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * A provider of identities elsewhere, which may be slow or down: so many ask it at once and no more, and once most of their
 * questions fail it is left alone for some seconds. Its outage must not hold the threads that serve records.
 */
public final class Upstream {

    private static final int AT_ONCE = 32;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int LAST = 20;
    private static final int AT_LEAST = 5;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final String name;
    private final Bulkhead places;
    private final CircuitBreaker breaker;

    /** @param name for the answer when it is down, e.g. {@code psc} */
    public Upstream(String name) {
        this.name = name;
        this.places = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(AT_ONCE)
                        .maxWaitDuration(TURN)
                        .build());
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(LAST)
                        .minimumNumberOfCalls(AT_LEAST)
                        .waitDurationInOpenState(LEFT_ALONE)
                        .recordException(Upstream::isOutage)
                        .build());
    }

    /**
     * Asks it.
     *
     * @param question throws {@link TokenError#UPSTREAM_UNAVAILABLE} if there was no answer; other refusals are answers
     * @throws TokenRefusal {@link TokenError#UPSTREAM_UNAVAILABLE} also if it was not asked
     */
    public <T> T ask(Supplier<T> question) {
        try {
            return places.executeSupplier(() -> breaker.executeSupplier(question));
        } catch (BulkheadFullException | CallNotPermittedException e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, name);
        }
    }

    /** HTTP towards it: so long a wait and no longer, and no redirection is followed. */
    public static JdkClientHttpRequestFactory requests(Duration timeout) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(timeout);
        return requests;
    }

    private static boolean isOutage(Throwable thrown) {
        return thrown instanceof TokenRefusal refusal && refusal.reason() == TokenError.UPSTREAM_UNAVAILABLE;
    }
}

package fr.carnet.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How often each may do something in a minute, on this node; what was not used up at once is given back evenly. */
public final class Rates {

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long MOST = 100_000;

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(IDLE).maximumSize(MOST).build();
    private final int perMinute;

    /**
     * @param perMinute for each
     * @throws IllegalArgumentException if it is not positive
     */
    public Rates(int perMinute) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("a rate per minute is at least 1");
        }
        this.perMinute = perMinute;
    }

    /** Counts one; false if there is none left. */
    public boolean take(String key) {
        return of(key).tryConsume(1);
    }

    /** Whether one could be taken now. */
    public boolean isLeft(String key) {
        return of(key).getAvailableTokens() > 0;
    }

    private Bucket of(String key) {
        return buckets.get(key, unknown -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build());
    }
}

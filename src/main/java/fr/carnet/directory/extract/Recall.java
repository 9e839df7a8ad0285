package fr.carnet.directory.extract;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was read lately, for when it cannot be read. */
final class Recall<K, V> {

    private final Cache<K, Remembered<V>> cache;
    private final Duration age;
    private final Clock clock;

    Recall(DirectorySettings settings, Clock clock) {
        this.cache = Caffeine.newBuilder().maximumSize(settings.cacheSize()).build();
        this.age = settings.cacheAge();
        this.clock = clock;
    }

    void remember(K key, V value) {
        cache.put(key, new Remembered<>(value, clock.instant()));
    }

    void forget(K key) {
        cache.invalidate(key);
    }

    /** What was read of it; empty if nothing was, or too long ago. */
    Optional<V> recall(K key) {
        return Optional.ofNullable(cache.getIfPresent(key))
                .filter(known -> !known.at().plus(age).isBefore(clock.instant()))
                .map(Remembered::value);
    }

    private record Remembered<V>(V value, Instant at) {}
}

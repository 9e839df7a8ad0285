package fr.carnet.directory.extract;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is known of the directory may be relied on.
 *
 * @param maxAge age of the loaded extract after which nothing is said by it
 * @param cacheAge how long an entry that was read serves while the table cannot be read
 * @param cacheSize how many such entries are kept
 */
@ConfigurationProperties("carnet.directory")
record DirectorySettings(
        @DefaultValue("7d") Duration maxAge,
        @DefaultValue("4h") Duration cacheAge,
        @DefaultValue("10000") int cacheSize) {

    /** @throws IllegalArgumentException if an age is not positive or the size negative */
    DirectorySettings {
        if (maxAge.isNegative() || maxAge.isZero() || cacheAge.isNegative() || cacheSize < 0) {
            throw new IllegalArgumentException(
                    "carnet.directory: max-age is positive, cache-age and cache-size not negative");
        }
    }
}

package fr.carnet.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How entries are delivered.
 *
 * @param batch entries that a round takes at a time
 * @param lease how long one delivery may take; afterwards another node may try
 * @param firstRetry pause after the first failure; it doubles at each further one
 * @param longestRetry longest pause
 * @param giveUpAfter age at which what still fails is given up
 * @param keepDelivered how long it is known that an entry has left
 */
@ConfigurationProperties("carnet.outbox")
public record OutboxSettings(
        @DefaultValue("100") int batch,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("1m") Duration firstRetry,
        @DefaultValue("4h") Duration longestRetry,
        @DefaultValue("5d") Duration giveUpAfter,
        @DefaultValue("30d") Duration keepDelivered) {

    /** @throws IllegalArgumentException if the batch is empty or a duration is not positive */
    public OutboxSettings {
        if (batch < 1) {
            throw new IllegalArgumentException("carnet.outbox.batch: at least 1");
        }
        for (Duration duration : new Duration[] {lease, firstRetry, longestRetry, giveUpAfter, keepDelivered}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("carnet.outbox: durations are positive");
            }
        }
    }
}

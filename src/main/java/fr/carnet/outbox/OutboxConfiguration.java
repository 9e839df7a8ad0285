package fr.carnet.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The outbox with the couriers that there are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxSettings.class)
class OutboxConfiguration {

    @Bean
    OutboxRound outboxRound(
            OutboxTable table,
            OutboxLedger ledger,
            ObjectProvider<Courier> couriers,
            OutboxSettings settings,
            Clock clock,
            MeterRegistry meters,
            Tracer tracer) {
        var backOff = new BackOff(settings.firstRetry(), settings.longestRetry(), new SecureRandom());
        return new OutboxRound(
                table, ledger, couriers.orderedStream().toList(), settings, backOff, clock, meters, tracer);
    }
}

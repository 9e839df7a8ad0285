package fr.carnet.trace.feed;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.caller.DoorSettings;
import fr.carnet.policy.ActorLabels;
import fr.carnet.trace.TraceReader;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feed among the couriers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedSettings.class)
class FeedConfiguration {

    @Bean
    AuditFeed auditFeed(FeedSettings settings, TraceReader traces, FhirContext fhir, DoorSettings door) {
        return new AuditFeed(settings, traces, fhir, door.fhirBase(), ActorLabels.load()::of);
    }
}

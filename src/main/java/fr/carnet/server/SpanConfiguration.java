package fr.carnet.server;

import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.tracing.SpanExporters;
import org.springframework.boot.actuate.autoconfigure.tracing.TracingProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spans, where a collector is set: how many, and what may leave. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(SpansOnlyWhereWanted.COLLECTOR)
class SpanConfiguration {

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(exporters
                .orderedStream()
                .<SpanExporter>map(DiscreetExporter::new)
                .toList());
    }

    /** A client may name the trace that his request belongs to, but not that it be kept. */
    @Bean
    Sampler sampler(TracingProperties properties) {
        Sampler share = Sampler.traceIdRatioBased(properties.getSampling().getProbability());
        return Sampler.parentBasedBuilder(share)
                .setRemoteParentSampled(share)
                .setRemoteParentNotSampled(share)
                .build();
    }
}

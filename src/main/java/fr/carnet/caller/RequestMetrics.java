package fr.carnet.caller;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** Every request of the public port, timed and counted by what is {@link Told} of it; no address, no header, no id. */
@Configuration(proxyBeanMethods = false)
class RequestMetrics {

    @Bean
    ServerRequestObservationConvention requestConvention() {
        return new Convention();
    }

    @Bean
    ObservationHandler<ServerRequestObservationContext> countedRefusals(MeterRegistry meters) {
        return new Refusals(meters);
    }

    /** Only where spans are made. */
    @Bean
    @ConditionalOnProperty("management.otlp.tracing.endpoint")
    FilterRegistrationBean<Filter> way(Tracer tracer) {
        return DoorConfiguration.filter(new Way.Beginning(tracer), Ordered.HIGHEST_PRECEDENCE + 2);
    }

    /** Spring's own names the path, which may hold anything. */
    private static final class Convention implements ServerRequestObservationConvention {

        @Override
        public String getName() {
            return "carnet.requests";
        }

        @Override
        public String getContextualName(ServerRequestObservationContext context) {
            return told(context).transaction();
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
            Told told = told(context);
            return KeyValues.of(
                    KeyValue.of("transaction", told.transaction()),
                    KeyValue.of("outcome", told.outcome().word()),
                    KeyValue.of("status", Integer.toString(status(context))));
        }

        /** Of the span alone. */
        @Override
        public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
            return KeyValues.of(
                    KeyValue.of("correlation.id", Correlation.of(context.getCarrier())),
                    KeyValue.of("rule", told(context).code().orElse("none")));
        }
    }

    /** Counts refusals by rule, and failures by error code. */
    private record Refusals(MeterRegistry meters) implements ObservationHandler<ServerRequestObservationContext> {

        /** One of each from the start: of a counter that appears, the first event is not seen. */
        Refusals {
            counter(meters, Told.Outcome.REFUSED, "not-found");
            counter(meters, Told.Outcome.FAILED, "internal");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ServerRequestObservationContext;
        }

        @Override
        public void onStop(ServerRequestObservationContext context) {
            Told told = told(context);
            told.code().ifPresent(code -> counter(meters, told.outcome(), code).increment());
        }

        private static Counter counter(MeterRegistry meters, Told.Outcome outcome, String code) {
            return outcome == Told.Outcome.FAILED
                    ? Counter.builder("carnet.failures")
                            .description("Requests that the server could not serve, by error code")
                            .tag("code", code)
                            .register(meters)
                    : Counter.builder("carnet.refusals")
                            .description("Refused requests, by rule or error code")
                            .tag("rule", code)
                            .register(meters);
        }
    }

    private static Told told(ServerRequestObservationContext context) {
        return Told.of(context.getCarrier(), status(context));
    }

    /** The response is not there yet when the observation begins. */
    private static int status(ServerRequestObservationContext context) {
        return context.getResponse() == null ? 0 : context.getResponse().getStatus();
    }
}

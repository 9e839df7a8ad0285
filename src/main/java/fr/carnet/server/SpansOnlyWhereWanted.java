package fr.carnet.server;

import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves Spring Boot's tracing out where no collector is set: it would make spans of every request, and throw them away.
 */
final class SpansOnlyWhereWanted implements AutoConfigurationImportFilter, EnvironmentAware {

    /** OTLP over HTTP, e.g. {@code http://collector:4318/v1/traces}. */
    static final String COLLECTOR = "management.otlp.tracing.endpoint";

    private static final String TRACING = "org.springframework.boot.actuate.autoconfigure.tracing.";
    private static final Set<String> MAKERS =
            Set.of(TRACING + "OpenTelemetryTracingAutoConfiguration", TRACING + "otlp.OtlpTracingAutoConfiguration");

    private boolean wanted;

    @Override
    public void setEnvironment(Environment environment) {
        wanted = StringUtils.hasText(environment.getProperty(COLLECTOR));
    }

    @Override
    public boolean[] match(String[] candidates, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            kept[i] = wanted || candidates[i] == null || !MAKERS.contains(candidates[i]);
        }
        return kept;
    }
}

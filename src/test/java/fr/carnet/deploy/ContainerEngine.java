package fr.carnet.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Whether containers can be started here. Tests of {@link InContainers} are skipped where they cannot, unless the environment
 * says {@code CARNET_CONTAINERS=required}: then they fail.
 */
final class ContainerEngine implements ExecutionCondition {

    private static final String WISH = "CARNET_CONTAINERS";
    private static final String REQUIRED = "required";
    private static final List<String> LOGGERS = List.of("org.testcontainers", "com.github.dockerjava", "tc");

    /** Found out once, and by nobody who does not ask. */
    private static final class Found {
        /** Why there are none; empty if there are. */
        static final Optional<String> ABSENCE = absence();
    }

    private static Optional<String> absence() {
        // whoever looks for an engine tells at length where there is none
        logging(Level.OFF);
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Optional.of("no container engine answers");
            }
            String host = DockerClientFactory.instance().dockerHostIpAddress();
            return Optional.of("the container engine is on another machine, " + host
                            + ", and cannot mount files of this one")
                    .filter(reason -> !host.equals("localhost"));
        } finally {
            logging(Level.INFO);
        }
    }

    private static void logging(Level level) {
        LOGGERS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> what = AnnotationSupport.findAnnotation(context.getElement(), InContainers.class)
                .map(InContainers::value);
        if (what.isEmpty()) {
            return ConditionEvaluationResult.enabled("decided for its class");
        }
        ConditionEvaluationResult verdict = verdict(what.get(), Found.ABSENCE, System.getenv(WISH));
        if (verdict.isDisabled()) {
            // reports have it too; Maven does not show them
            verdict.getReason().ifPresent(System.out::println);
        }
        return verdict;
    }

    /**
     * @param what would be tested
     * @param absence why it cannot be
     * @param wish value of the variable, or null
     * @throws IllegalStateException if containers are required and there are none, or the wish is another one
     */
    static ConditionEvaluationResult verdict(String what, Optional<String> absence, String wish) {
        if (wish != null && !wish.equals(REQUIRED)) {
            throw new IllegalStateException(WISH + " is " + REQUIRED + " or not set");
        }
        if (absence.isEmpty()) {
            return ConditionEvaluationResult.enabled("a container engine answers");
        }
        String sentence = absence.get() + ": " + what + " is not tested here";
        if (wish != null) {
            throw new IllegalStateException(sentence + ", and " + WISH + "=" + REQUIRED);
        }
        return ConditionEvaluationResult.disabled(sentence);
    }
}

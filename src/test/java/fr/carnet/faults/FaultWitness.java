package fr.carnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test of faults that told of none has injected none. */
final class FaultWitness implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        FaultReport.begin(context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // what failed or was left out has said why
        if (context.getExecutionException().isEmpty()) {
            FaultTest wanted = context.getRequiredTestMethod().getAnnotation(FaultTest.class);
            assertThat(FaultReport.told())
                    .as("faults that were injected, and proved")
                    .containsAll(Arrays.stream(wanted.value()).boxed().toList());
        }
    }
}

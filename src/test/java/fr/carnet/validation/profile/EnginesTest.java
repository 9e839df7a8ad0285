package fr.carnet.validation.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final byte[] HUNDRED_KILOBYTES = "%-100000s"
            .formatted("{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}}")
            .getBytes(StandardCharsets.UTF_8);

    private final WorkerContextValidationSupportAdapter definitions =
            new WorkerContextValidationSupportAdapter(new DefaultProfileValidationSupport(FhirContext.forR4Cached()));
    private final AtomicInteger made = new AtomicInteger();
    private final Engines engines = new Engines(2, () -> {
        made.incrementAndGet();
        return new Engine(definitions);
    });

    @Test
    void aCrowdSharesTheEnginesThatThereAre() throws Exception {
        CountDownLatch bothTaken = new CountDownLatch(2);
        ExecutorService crowd = Executors.newFixedThreadPool(20);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                results.add(crowd.submit(() -> engines.lend(engine -> {
                    bothTaken.countDown();
                    return await(bothTaken);
                })));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            crowd.shutdownNow();
        }
        assertThat(made).hasValue(2);
    }

    @Test
    void anEngineThatFailedIsNotLentAgainAndItsSeatIsFree() {
        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> engines.lend(engine -> {
                        throw new IllegalStateException("as a hostile resource might");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(made).hasValue(i);
        }
    }

    @Test
    void aWornEngineIsNotLentAgain() {
        for (int i = 1; i <= 3; i++) {
            engines.lend(engine -> engine.check(HUNDRED_KILOBYTES, List.of()));
            assertThat(made).hasValue(1);
        }
        engines.lend(engine -> engine.check(HUNDRED_KILOBYTES, List.of()));
        assertThat(made).hasValue(2);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

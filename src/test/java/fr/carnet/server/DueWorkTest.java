package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.carnet.shared.DueJob;
import fr.carnet.shared.PromptJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTask;

/** The hourly round of a production node. */
@ExtendWith(OutputCaptureExtension.class)
class DueWorkTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<Instant> runs = new ArrayList<>();
    private final List<Instant> promptRuns = new ArrayList<>();

    private AnnotationConfigApplicationContext server(String... profiles) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().setActiveProfiles(profiles);
        context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
        context.registerBean("failing", DueJob.class, () -> now -> {
            throw new IllegalStateException("284057505601204");
        });
        context.registerBean("next", DueJob.class, () -> runs::add);
        context.registerBean("prompt", PromptJob.class, () -> promptRuns::add);
        context.register(DueWork.class);
        context.refresh();
        return context;
    }

    @Test
    void everyJobRunsAtTheInstantOfTheClockAlsoAfterOneThatFails(CapturedOutput output) {
        try (var server = server()) {
            DueWork work = server.getBean(DueWork.class);
            work.run();
            work.run();
        }

        assertThat(runs).containsExactly(NOW, NOW);
        assertThat(output).contains("failed: java.lang.IllegalStateException").doesNotContain("284057505601204");
    }

    @Test
    void roundsAreMadeEveryHourAndEveryTenSecondsAndNotAtTheVeryStart() {
        try (var server = server()) {
            List<ScheduledTask> tasks = List.copyOf(
                    server.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks());

            assertThat(tasks)
                    .extracting(task -> (FixedDelayTask) task.getTask())
                    .extracting(FixedDelayTask::getIntervalDuration, FixedDelayTask::getInitialDelayDuration)
                    .containsExactlyInAnyOrder(
                            tuple(Duration.ofHours(1), Duration.ofMinutes(1)),
                            tuple(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        }
        assertThat(runs).isEmpty();
    }

    @Test
    void whatIsPromptRunsWithBothRounds() {
        try (var server = server()) {
            DueWork work = server.getBean(DueWork.class);
            work.runPromptly();
            assertThat(promptRuns).containsExactly(NOW);
            assertThat(runs).isEmpty();

            work.run();
            assertThat(promptRuns).containsExactly(NOW, NOW);
        }
    }

    @Test
    void sandboxMakesNoRoundOfItsOwn() {
        try (var server = server("sandbox")) {
            assertThat(server.getBeanNamesForType(DueWork.class)).isEmpty();
        }
    }
}

package fr.carnet.server;

import fr.carnet.shared.DueJob;
import fr.carnet.shared.PromptJob;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Runs every hour what fell due by time, and every few seconds what somebody waits for, on each node: the jobs themselves see
 * to it that nothing is done twice. In the sandbox the clock is moved by hand, and runs them when it moves.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Profile("!sandbox")
class DueWork {

    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);

    private final ObjectProvider<DueJob> jobs;
    private final ObjectProvider<PromptJob> promptJobs;
    private final Clock clock;

    DueWork(ObjectProvider<DueJob> jobs, ObjectProvider<PromptJob> promptJobs, Clock clock) {
        this.jobs = jobs;
        this.promptJobs = promptJobs;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void run() {
        Instant now = clock.instant();
        jobs.orderedStream().forEach(job -> run(job, now));
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT10S")
    void runPromptly() {
        Instant now = clock.instant();
        promptJobs.orderedStream().forEach(job -> run(job, now));
    }

    /** One that fails holds up no other, and is tried again at the next round. */
    private static void run(DueJob job, Instant now) {
        try {
            job.run(now);
        } catch (RuntimeException e) {
            LOG.error(
                    "{} failed: {}",
                    job.getClass().getSimpleName(),
                    e.getClass().getName());
        }
    }
}

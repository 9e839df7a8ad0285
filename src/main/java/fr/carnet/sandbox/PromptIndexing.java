package fr.carnet.sandbox;

import fr.carnet.fulltext.TextIndexing;
import java.time.Clock;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** What is published in the sandbox is found by its words a moment later; its other work waits until the clock is moved. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Profile("sandbox")
class PromptIndexing {

    private final TextIndexing indexing;
    private final Clock clock;

    PromptIndexing(TextIndexing indexing, Clock clock) {
        this.indexing = indexing;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void run() {
        indexing.run(clock.instant());
    }
}

package fr.carnet.server;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A node that goes says so first: its readiness is no from the first moment, and for a few seconds more it serves what still
 * comes, so that whoever spreads the requests sends them elsewhere. Only then does the web server take nothing new and let
 * what is under way end.
 */
@Component
@Profile("!sandbox")
final class Leaving implements SmartLifecycle {

    /** Longer than a balancer takes to ask twice; short beside the 30 s that a node has to be gone in. */
    private static final Duration NOTICE = Duration.ofSeconds(5);

    private volatile boolean running;

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        try {
            Thread.sleep(NOTICE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop: before the web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

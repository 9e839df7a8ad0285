package fr.carnet.server.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many callers, each sending its next request when it has the answer to the last. */
final class ClosedLoop {

    /** One operation; an {@link IOException} counts as an error. */
    interface Operation {
        /** True if the answer was the expected one. */
        boolean run() throws IOException;
    }

    /**
     * What came of it.
     *
     * @param latencies of the operations that succeeded
     * @param errors operations that did not
     */
    record Outcome(Latencies latencies, long errors) {}

    private ClosedLoop() {}

    static Outcome run(Operation operation, int callers, Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                running.add(threads.submit(() -> repeat(operation, end)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
            }
            return new Outcome(
                    Latencies.merged(outcomes.stream().map(Outcome::latencies).toList()),
                    outcomes.stream().mapToLong(Outcome::errors).sum());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome repeat(Operation operation, long end) {
        var latencies = new Latencies();
        long errors = 0;
        long start = System.nanoTime();
        while (start < end) {
            boolean good = succeeds(operation);
            long now = System.nanoTime();
            if (good) {
                latencies.add(now - start);
            } else {
                errors++;
            }
            start = now;
        }
        return new Outcome(latencies, errors);
    }

    private static boolean succeeds(Operation operation) {
        try {
            return operation.run();
        } catch (IOException e) {
            return false;
        }
    }
}

package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.None;
import fr.carnet.fulltext.extract.Extraction.Reason;
import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Shares the workers between those who ask. The first is started when it is needed. */
final class WorkerPool implements TextExtraction, AutoCloseable {

    private final ExtractionSettings settings;
    private final WorkerCommand command;
    private final Semaphore free;
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
    private final Set<Worker> alive = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor alarm;
    private volatile boolean closed;

    WorkerPool(ExtractionSettings settings, WorkerCommand command) {
        this.settings = settings;
        this.command = command;
        free = new Semaphore(settings.workers(), true);
        alarm = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "text-extraction-alarm");
            thread.setDaemon(true);
            return thread;
        });
        alarm.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Extraction extract(String mediaType, byte[] content) {
        if (Format.of(mediaType).isEmpty()) {
            return new None(Reason.UNSUPPORTED_TYPE);
        }
        awaitFree();
        try {
            return read(mediaType, content);
        } catch (RejectedExecutionException e) {
            throw new ExtractionUnavailable("the server ends", e);
        } finally {
            free.release();
        }
    }

    /** Ends all workers. What they are reading stays unread. */
    @Override
    public void close() {
        closed = true;
        alive.forEach(Worker::kill);
        alarm.shutdownNow();
    }

    private void awaitFree() {
        try {
            if (!free.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ExtractionUnavailable("all workers are busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExtractionUnavailable("interrupted", e);
        }
    }

    /** A worker that dies may have been ill before: another one has a try. */
    private Extraction read(String mediaType, byte[] content) {
        try {
            return readBy(workerAtHand(), mediaType, content);
        } catch (WorkerLost first) {
            return switch (first.why()) {
                case LATE -> new None(Reason.TOO_SLOW);
                case MEMORY -> new None(Reason.TOO_MUCH_MEMORY);
                case DIED -> readAgain(mediaType, content);
            };
        }
    }

    private Extraction readAgain(String mediaType, byte[] content) {
        try {
            return readBy(fresh(), mediaType, content);
        } catch (WorkerLost second) {
            requireOpen();
            return new None(
                    switch (second.why()) {
                        case LATE -> Reason.TOO_SLOW;
                        case MEMORY -> Reason.TOO_MUCH_MEMORY;
                        case DIED -> Reason.WORKER_DIED;
                    });
        }
    }

    private Extraction readBy(Worker worker, String mediaType, byte[] content) throws WorkerLost {
        boolean reusable = false;
        try {
            Extraction answer = worker.read(mediaType, content);
            reusable = worker.mayReadAnother() && !closed;
            return answer;
        } finally {
            if (reusable) {
                idle.add(worker);
            } else {
                end(worker);
            }
        }
    }

    private Worker workerAtHand() {
        for (Worker worker = idle.poll(); worker != null; worker = idle.poll()) {
            if (worker.mayReadAnother()) {
                return worker;
            }
            end(worker);
        }
        return fresh();
    }

    private Worker fresh() {
        requireOpen();
        try {
            Worker worker = Worker.start(command, alarm, settings);
            alive.add(worker);
            if (closed) {
                end(worker);
            }
            return worker;
        } catch (IOException | WorkerLost e) {
            throw new ExtractionUnavailable("no worker can be started", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ExtractionUnavailable("the server ends");
        }
    }

    private void end(Worker worker) {
        worker.kill();
        alive.remove(worker);
    }
}

package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.WorkerLost.Cause;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One process that reads documents, seen from the server. One document at a time. */
final class Worker {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(1);

    private final Process process;
    private final DataOutputStream to;
    private final DataInputStream from;
    private final ScheduledExecutorService alarm;
    private final ExtractionSettings settings;
    private int documents;

    private Worker(Process process, ScheduledExecutorService alarm, ExtractionSettings settings) {
        this.process = process;
        this.alarm = alarm;
        this.settings = settings;
        to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        from = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param alarm wakes up to kill it when it is over time
     * @throws IOException if there is no such program
     * @throws WorkerLost if it does not become ready
     */
    static Worker start(WorkerCommand command, ScheduledExecutorService alarm, ExtractionSettings settings)
            throws IOException, WorkerLost {
        Worker worker = new Worker(command.start(), alarm, settings);
        worker.within(START, () -> {
            if (worker.from.readInt() != Wire.READY) {
                throw new IOException("no worker");
            }
            return worker;
        });
        return worker;
    }

    /**
     * Has a document read.
     *
     * @throws WorkerLost if this worker is of no use any more
     */
    Extraction read(String mediaType, byte[] content) throws WorkerLost {
        documents++;
        return within(settings.time(), () -> {
            Wire.write(to, mediaType, content);
            return Wire.readAnswer(from, settings);
        });
    }

    boolean mayReadAnother() {
        return documents < settings.documents() && process.isAlive();
    }

    /** Ends it at once, and whatever it may have started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What is said over the pipe, which blocks until the other side speaks or is gone. */
    private interface Exchange<T> {

        T run() throws IOException;
    }

    private <T> T within(Duration time, Exchange<T> exchange) throws WorkerLost {
        AtomicBoolean late = new AtomicBoolean();
        Runnable end = () -> {
            late.set(true);
            kill();
        };
        ScheduledFuture<?> deadline = alarm.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return exchange.run();
        } catch (IOException e) {
            throw new WorkerLost(late.get() ? Cause.LATE : causeOfDeath(), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private Cause causeOfDeath() {
        try {
            if (process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == TextWorker.OUT_OF_MEMORY ? Cause.MEMORY : Cause.DIED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return Cause.DIED;
    }
}

package fr.carnet.validation.profile;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engines at work and those that rest. There are never more than a given number: to check is all computing, so those
 * above the number of processors win nothing, and each would have to be made first, which costs more than what it checks.
 * Who finds none free waits for one.
 */
final class Engines {

    private final Semaphore seats;
    private final Queue<Engine> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<Engine> maker;

    Engines(int atOnce, Supplier<Engine> maker) {
        this.seats = new Semaphore(atOnce, true);
        this.maker = maker;
    }

    /** Lends an engine to this work. After an exception, or when it is worn, it is not lent again. */
    <T> T lend(Function<Engine, T> work) {
        seats.acquireUninterruptibly();
        try {
            Engine engine = Optional.ofNullable(idle.poll()).orElseGet(maker);
            T result = work.apply(engine);
            if (!engine.isWorn()) {
                idle.add(engine);
            }
            return result;
        } finally {
            seats.release();
        }
    }
}

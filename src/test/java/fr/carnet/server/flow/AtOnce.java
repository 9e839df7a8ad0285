package fr.carnet.server.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients that send at the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** What one of them does. */
    interface Client<T> {
        T send(int index) throws Exception;
    }

    /** What each of them got, in their order. */
    static <T> List<T> answers(int clients, Client<T> client) throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(clients);
        var start = new CountDownLatch(clients);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int index = i;
                tasks.add(() -> {
                    start.countDown();
                    start.await();
                    return client.send(index);
                });
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : workers.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            workers.shutdownNow();
        }
    }
}

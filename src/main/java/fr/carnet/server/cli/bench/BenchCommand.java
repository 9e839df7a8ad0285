package fr.carnet.server.cli.bench;

import fr.carnet.server.cli.Voice;
import fr.carnet.server.cli.client.FhirClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bench}: loads a deterministic data set, runs workloads in a closed loop, prints a line of JSON for each.
 *
 * <p>Exit code 0 if no operation failed, 1 otherwise.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false)
public final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Voice voice;

    @Option(names = "--base", defaultValue = "http://localhost:8080/fhir")
    private URI base;

    @Option(names = "--workload", split = ",", defaultValue = "iti67,iti67-identifier,iti68,iti65")
    private List<Workload> workloads;

    @Option(names = "--conc", defaultValue = "4")
    private int callers;

    @Option(names = "--duration", defaultValue = "30")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "30")
    private int warmupSeconds;

    @Option(names = "--patients", defaultValue = "500")
    private int patients;

    @Option(names = "--documents", defaultValue = "20")
    private int documents;

    @Option(names = "--size", defaultValue = "40000")
    private int size;

    @Option(names = "--token")
    private String token;

    @Option(names = "--operator-token")
    private String operatorToken;

    @Option(names = "--server-pid")
    private Long serverPid;

    @Option(names = "--postgres-pid")
    private Long postgresPid;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (callers < 1 || seconds < 1 || warmupSeconds < 0) {
            throw voice.refusal("bench.bad-numbers");
        }
        var server = new FhirClient(base);
        var physician = new Session(server, "dr-martin", Optional.ofNullable(token));
        DataSet set = dataSet();
        if (token == null || operatorToken != null) {
            var operator = new Session(server, "operator", Optional.ofNullable(operatorToken));
            load(new Loading(set, operator, physician));
        }
        Watch watch = Watch.find(base, Optional.ofNullable(serverPid), Optional.ofNullable(postgresPid));
        long errors = 0;
        for (Workload workload : workloads) {
            errors += measure(workload, set, physician, watch);
        }
        return errors == 0 ? 0 : 1;
    }

    private DataSet dataSet() {
        try {
            return new DataSet(patients, documents, size, workloads.contains(Workload.TEXT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), voice.text("bench.bad-numbers"), e);
        }
    }

    private long measure(Workload workload, DataSet set, Session physician, Watch watch)
            throws IOException, InterruptedException {
        progress().println(voice.text("bench.running", workload, callers, warmupSeconds, seconds));
        ClosedLoop.Operation operation = workload.on(set, physician);
        ClosedLoop.run(operation, callers, Duration.ofSeconds(warmupSeconds));
        var before = Figures.Moment.now(watch);
        ClosedLoop.Outcome outcome = ClosedLoop.run(operation, callers, Duration.ofSeconds(seconds));
        var figures = Figures.of(workload.toString(), callers, outcome, before, Figures.Moment.now(watch));
        PrintWriter out = spec.commandLine().getOut();
        out.println(figures.json());
        out.flush();
        return outcome.errors();
    }

    private void load(Loading loading) throws IOException, InterruptedException {
        int[] indexes = loading.patients().toArray();
        var next = new AtomicInteger();
        var failure = new AtomicReference<IOException>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement();
                    i < indexes.length && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    loading.load(indexes[i]);
                    tell(i + 1, indexes.length);
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        List<Thread> threads =
                Stream.generate(() -> new Thread(worker)).limit(callers).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void tell(int done, int all) {
        if (done == all || done % 25 == 0) {
            progress().println(voice.text("bench.loading", done, all));
        }
    }

    private PrintWriter progress() {
        return spec.commandLine().getErr();
    }
}

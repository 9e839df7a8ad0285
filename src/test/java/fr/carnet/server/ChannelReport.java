package fr.carnet.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Counts the tests that ran for each channel, writes the table to {@code target/leaks.md} and its sum to the console. */
public final class ChannelReport implements TestExecutionListener {

    private static final Path REPORT = Path.of("target", "leaks.md");

    private final Map<Integer, int[]> counts = new ConcurrentSkipListMap<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            channels(test).forEach(channel -> {
                int[] count = counts.computeIfAbsent(channel, c -> new int[2]);
                count[result.getStatus() == Status.SUCCESSFUL ? 0 : 1]++;
            });
        }
    }

    private static Stream<Integer> channels(TestIdentifier test) {
        Optional<MethodSource> source =
                test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        return source.stream()
                .flatMap(method -> of(method.getJavaMethod(), method.getJavaClass()))
                .distinct();
    }

    /** Channels of a test and of its class. */
    static Stream<Integer> of(Method method, Class<?> type) {
        return Stream.of(method.getAnnotation(Channel.class), type.getAnnotation(Channel.class))
                .filter(annotation -> annotation != null)
                .flatMap(annotation -> Arrays.stream(annotation.value()).boxed());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (counts.isEmpty()) {
            return;
        }
        StringBuilder table = new StringBuilder("| channel | | closed by | tests | failed |\n|---|---|---|---|---|\n");
        ChannelTable.load().forEach((number, words) -> {
            int[] count = counts.getOrDefault(number, new int[2]);
            table.append("| %d | %s | %s | %d | %d |%n"
                    .formatted(number, words[0], words[1], count[0] + count[1], count[1]));
        });
        try {
            Files.writeString(REPORT, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.printf(
                "leak suite: %d channels tried, %d tests, %d failed (%s)%n",
                counts.size(), sum(0) + sum(1), sum(1), REPORT);
    }

    private int sum(int which) {
        return counts.values().stream().mapToInt(count -> count[which]).sum();
    }
}

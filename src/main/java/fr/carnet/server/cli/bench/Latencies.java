package fr.carnet.server.cli.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/** How long operations took, in nanoseconds. Filled by one thread. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /** Those of several threads together. */
    static Latencies merged(Collection<Latencies> all) {
        var merged = new Latencies();
        merged.nanos = all.stream()
                .flatMapToLong(one -> Arrays.stream(one.nanos, 0, one.count))
                .toArray();
        merged.count = merged.nanos.length;
        return merged;
    }

    /**
     * Nearest-rank percentile in milliseconds; 0 when there is none.
     *
     * @param percent above 0, at most 100
     */
    double percentileMillis(double percent) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = LongStream.of(nanos).limit(count).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[rank - 1] / 1e6;
    }
}

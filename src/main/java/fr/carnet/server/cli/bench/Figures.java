package fr.carnet.server.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What a workload gave: one line of JSON. A figure of a process that could not be seen is null. */
@JsonPropertyOrder({"workload", "concurrency", "seconds", "operations", "errors"})
record Figures(
        String workload,
        int concurrency,
        double seconds,
        long operations,
        long errors,
        @JsonProperty("ops_per_second") double opsPerSecond,
        @JsonProperty("p50_ms") double p50,
        @JsonProperty("p95_ms") double p95,
        @JsonProperty("p99_ms") double p99,
        @JsonProperty("server_cpu_ms_per_op") Double serverCpu,
        @JsonProperty("postgresql_cpu_ms_per_op") Double postgresCpu,
        @JsonProperty("server_resident_mb") Double serverResident,
        @JsonProperty("postgresql_resident_mb") Double postgresResident) {

    private static final double MEGABYTE = 1024 * 1024;

    /** Both processes at one moment. */
    record Moment(Optional<Usage> server, Optional<Usage> postgres, long nanos) {

        static Moment now(Watch watch) {
            return new Moment(watch.serverUsage(), watch.postgresUsage(), System.nanoTime());
        }
    }

    static Figures of(String workload, int concurrency, ClosedLoop.Outcome outcome, Moment before, Moment after) {
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        long operations = outcome.latencies().count();
        return new Figures(
                workload,
                concurrency,
                rounded(seconds),
                operations,
                outcome.errors(),
                rounded(operations / seconds),
                rounded(outcome.latencies().percentileMillis(50)),
                rounded(outcome.latencies().percentileMillis(95)),
                rounded(outcome.latencies().percentileMillis(99)),
                cpu(before.server(), after.server(), operations),
                cpu(before.postgres(), after.postgres(), operations),
                resident(after.server()),
                resident(after.postgres()));
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Double cpu(Optional<Usage> before, Optional<Usage> after, long operations) {
        if (before.isEmpty() || after.isEmpty() || operations == 0) {
            return null;
        }
        return rounded((after.get().cpuMillis() - before.get().cpuMillis()) / (double) operations);
    }

    private static Double resident(Optional<Usage> usage) {
        return usage.map(u -> rounded(u.residentBytes() / MEGABYTE)).orElse(null);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}

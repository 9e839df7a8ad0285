package fr.carnet.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.cli.CommandLineRun;
import fr.carnet.server.cli.FakeSandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    private FakeSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new FakeSandbox();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void everyWorkloadPrintsALine() throws IOException {
        CommandLineRun run = bench("iti67,iti67-identifier,iti68,iti65");
        assertThat(run.code()).as(run.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.path("workload").asText())
                .containsExactly("iti67", "iti67-identifier", "iti68", "iti65");
        assertThat(lines)
                .allMatch(line -> line.path("operations").asInt() > 0
                        && line.path("errors").asInt() == 0
                        && line.path("p99_ms").asDouble() >= line.path("p50_ms").asDouble());
        assertThat(run.err()).contains("Chargement : 13 patients sur 13");
    }

    @Test
    void loadedDataSetIsNotLoadedAgain() {
        bench("iti67");
        int published = sandbox.documents();
        assertThat(published).isEqualTo(6);
        bench("iti67");
        assertThat(sandbox.documents()).isEqualTo(published);
    }

    @Test
    void emptyServerWithoutOperatorIsAFailure() {
        CommandLineRun run = CommandLineRun.of(
                "bench", "--base", sandbox.base(), "--token", "dr-martin:normal", "--workload", "iti68");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("load the data set first");
    }

    private CommandLineRun bench(String workloads) {
        return CommandLineRun.of(
                "bench",
                "--base",
                sandbox.base(),
                "--workload",
                workloads,
                "--patients",
                "3",
                "--documents",
                "2",
                "--size",
                "500",
                "--conc",
                "2",
                "--duration",
                "1",
                "--warmup",
                "0");
    }
}

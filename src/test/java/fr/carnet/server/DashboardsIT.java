package fr.carnet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.carnet.outbox.OutboxRound;
import fr.carnet.server.cli.client.Document.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboards, alerts and their page speak of metrics that the running server tells, and of all that are ours. */
class DashboardsIT {

    private static final RunningServer SERVER = RunningServer.get();
    private static final Path DEPLOY = Path.of("deploy");
    private static final Path PAGE = Path.of("docs", "observability.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Selectors, texts, ranges, and the labels of groupings: what is left of an expression is functions and metrics. */
    private static final Pattern BESIDE =
            Pattern.compile("\\{[^}]*}|\"[^\"]*\"|\\[[^\\]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "by");
    /** Prometheus itself says whether it reached a node; where TLS ends at one, JarIT looks for when certificates end. */
    private static final Set<String> ELSEWHERE = Set.of("up", "ssl_chain_expiry_seconds");

    /** Something of everything, so that every metric is there. */
    @BeforeAll
    static void live() {
        try (Consents consents = new Consents()) {
            consents.declare(Published.NESSI, "dr-martin", "899700100011");
            Published.of(Published.NESSI, Kind.CONSULTATION);
        }
        SERVER.index();
        SERVER.bean(OutboxRound.class).run(SERVER.bean(Clock.class).instant());
    }

    private static Stream<JsonNode> panels() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
            List<JsonNode> panels = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                JSON.readTree(file.toFile()).path("panels").forEach(panels::add);
            }
            return panels.stream();
        }
    }

    private static Stream<String> expressions() throws IOException {
        Stream<String> shown = panels().flatMap(panel -> panel.findValuesAsText("expr").stream());
        JsonNode rules = YAML.readTree(DEPLOY.resolve("prometheus/alerts.yaml").toFile());
        return Stream.concat(shown, rules.findValuesAsText("expr").stream());
    }

    private static Stream<String> metricsOf(String expression) {
        return NAME.matcher(BESIDE.matcher(expression).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name) && !ELSEWHERE.contains(name));
    }

    @Test
    void everyMetricThatIsShownOrAlertedIsTold() throws IOException {
        Set<String> asked =
                expressions().flatMap(DashboardsIT::metricsOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked)
                .hasSizeGreaterThan(15)
                .contains("carnet_requests_seconds_bucket", "hikaricp_connections_pending");
        assertThat(Scrape.take().names().toList()).containsAll(asked);
    }

    @Test
    void everyMetricOfOursIsOnThePageAndNoOther() throws IOException {
        Set<String> told = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `carnet."))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = SERVER.bean(MeterRegistry.class).getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("carnet."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(registered);
    }

    /** But for the one of requests, which Micrometer makes. */
    @Test
    void everyMeterOfOursSaysWhatItIs() {
        assertThat(SERVER.bean(MeterRegistry.class).getMeters().stream()
                        .filter(meter -> meter.getId().getName().startsWith("carnet."))
                        .filter(meter -> !meter.getId().getName().equals("carnet.requests"))
                        .filter(meter -> meter.getId().getDescription() == null)
                        .map(meter -> meter.getId().getName()))
                .isEmpty();
    }

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheProvisionedSource() throws IOException {
        JsonNode source = YAML.readTree(DEPLOY.resolve("grafana/provisioning/datasources/prometheus.yaml")
                .toFile());
        String uid = source.at("/datasources/0/uid").asText();
        assertThat(panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo(uid);
        });
        assertThat(YAML.readTree(DEPLOY.resolve("grafana/provisioning/dashboards/carnet.yaml")
                                .toFile())
                        .at("/providers/0/options/path")
                        .asText())
                .isNotBlank();
    }

    @Test
    void everyAlertHasItsParagraph() throws IOException {
        String page = Files.readString(PAGE);
        JsonNode rules =
                YAML.readTree(DEPLOY.resolve("prometheus/alerts.yaml").toFile()).at("/groups/0/rules");
        String tried = Files.readString(DEPLOY.resolve("prometheus/alerts.test.yaml"));
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            String[] runbook = rule.at("/annotations/runbook").asText().split("#", 2);
            assertThat(runbook[0]).isEqualTo("docs/observability.md");
            assertThat(page).contains("\n### " + runbook[1] + "\n");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
            assertThat(tried).contains(rule.path("alert").asText());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yaml", "check rules alerts.yaml", "test rules alerts.test.yaml"})
    void prometheusAgrees(String line) throws IOException, InterruptedException {
        Optional<Path> promtool = Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                promtool.isPresent(),
                "promtool is not installed (Debian package prometheus): the alerts are not tried");
        List<String> command = new ArrayList<>(List.of(promtool.orElseThrow().toString()));
        command.addAll(List.of(line.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .directory(DEPLOY.resolve("prometheus").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

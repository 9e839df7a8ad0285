package fr.carnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file: what each container may, where secrets come from, and that every file that it names is there. */
class ComposeTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "CARNET_PUBLIC_BASE_URL", "https://dmp.example.org",
            "CARNET_ISSUER", "https://issuer.example.org",
            "CARNET_ISSUER_JWKS_URI", "https://issuer.example.org/jwks",
            "CARNET_TRACE_ROOTS", "./trace-roots");
    /** The image of Elasticsearch keeps its keystore beside its settings. */
    private static final Set<String> WRITABLE = Set.of("search");

    private static final JsonNode COMPOSE = ComposeFile.tree();
    private static final Map<String, JsonNode> SERVICES = services();

    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        COMPOSE.get("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    private static Stream<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item ->
                texts.add(item.isTextual() ? item.asText() : item.path("source").asText()));
        return texts.stream();
    }

    @Test
    void containersMayLittle() {
        SERVICES.forEach((name, service) -> {
            assertThat(service.path("user").asText()).as(name).matches("[1-9]\\d*:\\d+");
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.path("read_only").asBoolean()).as(name).isEqualTo(!WRITABLE.contains(name));
            assertThat(service.at("/deploy/resources/limits").size()).as(name).isEqualTo(3);
            assertThat(service.path("privileged").isMissingNode()).as(name).isTrue();
        });
    }

    @Test
    void eachIsWatchedOrEnds() {
        SERVICES.forEach((name, service) -> {
            boolean ends = service.path("restart").asText().equals("no");
            // the nodes have theirs in the image
            boolean watched = service.at("/healthcheck/test").isArray()
                    || service.path("image").asText().equals("carnet");
            assertThat(ends || watched).as(name).isTrue();
        });
    }

    /** A healthy or finished one is waited for, never one that has merely started. */
    @Test
    void startsInOrder() {
        SERVICES.forEach(
                (name, service) -> service.path("depends_on").properties().forEach(on -> {
                    String condition = on.getValue().path("condition").asText();
                    boolean ends =
                            SERVICES.get(on.getKey()).path("restart").asText().equals("no");
                    assertThat(condition)
                            .as(name)
                            .isEqualTo(ends ? "service_completed_successfully" : "service_healthy");
                }));
    }

    @Test
    void secretsAreFilesThatTheTrialSetHas(@TempDir Path folder) throws Exception {
        SERVICES.forEach(
                (name, service) -> service.path("environment").properties().forEach(variable -> {
                    String key = variable.getKey();
                    if (key.matches(".*(PASSWORD|SECRET|APIKEY|TOKEN).*")) {
                        assertThat(key).as(name).endsWith("_FILE");
                    }
                }));
        Set<String> declared = new TreeSet<>();
        COMPOSE.get("secrets").fieldNames().forEachRemaining(declared::add);
        Set<String> used = new TreeSet<>();
        SERVICES.values().forEach(service -> texts(service.path("secrets")).forEach(used::add));
        assertThat(used).isEqualTo(declared);

        assumeTrue(run("openssl", "version") == 0, "openssl is not installed: no trial secrets");
        assertThat(run("scripts/trial-secrets", "--dir", folder.toString())).isZero();
        for (String secret : declared) {
            assertThat(folder.resolve(secret)).isNotEmptyFile();
        }
        assertThat(Files.readString(folder.resolve("carnet.door.proxies"))).matches("[0-9A-F]{64}");
        assertThat(Files.readString(folder.resolve("carnet.database.password"))).matches("[0-9a-f]{48}");
        byte[] first = Files.readAllBytes(folder.resolve("proxy.pem"));
        assertThat(run("scripts/trial-secrets", "--dir", folder.toString())).isZero();
        assertThat(folder.resolve("proxy.pem")).hasBinaryContent(first);
    }

    /** What owns the tables, and what rules the engine, is given to nobody who serves. */
    @Test
    void nodesCannotAlterTables() {
        for (String node : List.of("node-1", "node-2")) {
            assertThat(texts(SERVICES.get(node).path("secrets")))
                    .doesNotContain("carnet.database.owner-password", "search-admin");
        }
    }

    @Test
    void namesFilesThatAreThere() {
        SERVICES.forEach((name, service) -> texts(service.path("volumes"))
                .filter(volume -> volume.startsWith("./"))
                .forEach(volume -> assertThat(Path.of(volume.substring(0, volume.indexOf(':'))))
                        .as(name)
                        .exists()));
    }

    @Test
    void imagesBearAVersion() {
        SERVICES.forEach((name, service) ->
                assertThat(service.path("image").asText()).as(name).matches("carnet|[a-z/]+:v?\\d[\\d.]*"));
    }

    /** Every variable without a default stands in the example, and nothing else. */
    @Test
    void exampleNamesTheVariables() throws IOException {
        Set<String> asked = new TreeSet<>();
        Matcher variables = Pattern.compile("\\$\\{([A-Z_]+)").matcher(Files.readString(ComposeFile.FILE));
        while (variables.find()) {
            asked.add(variables.group(1));
        }
        Set<String> given = new TreeSet<>();
        Files.readAllLines(Path.of("env.example")).stream()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .forEach(line -> given.add(line.substring(0, line.indexOf('='))));
        assertThat(given).isEqualTo(asked);
    }

    /** The judge itself, where there is one: it needs no engine to render the file. */
    @Test
    void composeRendersIt() {
        assumeTrue(run("docker", "compose", "version") == 0, "no docker compose here: the file is not rendered by it");
        assertThat(run("docker", "compose", "--profile", "*", "config", "--quiet"))
                .isZero();
    }

    private static int run(String... command) {
        Ended ended = Ended.of(SETTINGS, List.of(command));
        if (ended.code() > 0) {
            System.out.println(String.join(" ", command) + ": " + ended.told());
        }
        return ended.code();
    }
}

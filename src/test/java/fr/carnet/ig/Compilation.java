package fr.carnet.ig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What SUSHI makes of {@code ig/}: files of {@code profiles/} by name. Carnet's own definitions stand at the top, those of
 * others in {@code foreign/}, examples in {@code examples/}; {@code package.json} names the sources by their checksum.
 */
final class Compilation {

    /** Environment variable with the path of SUSHI. */
    static final String SUSHI = "CARNET_SUSHI";

    private static final Path HOME = Path.of("target", "ig", "home");
    private static final Path OUTPUT = Path.of("target", "ig", "sushi");
    private static final String CANONICAL = "https://carnet.example/fhir/";
    private static final Set<String> DEFINITIONS = Set.of(
            "CapabilityStatement",
            "CodeSystem",
            "NamingSystem",
            "OperationDefinition",
            "SearchParameter",
            "StructureDefinition",
            "ValueSet");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Compilation() {}

    /** Where SUSHI is; empty where it is not installed. */
    static Optional<Path> sushi() {
        Stream<String> named = Stream.ofNullable(System.getenv(SUSHI));
        Stream<String> onPath =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> folder + "/sushi");
        return Stream.concat(named, onPath)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Compiles.
     *
     * @throws IllegalStateException with what SUSHI says, if it finds an error in the sources
     */
    static SortedMap<String, String> by(Path sushi) throws IOException, InterruptedException {
        CorePackage.writeBelow(HOME);
        Files.createDirectories(OUTPUT);
        Path log = OUTPUT.resolveSibling("sushi.log");
        var builder = new ProcessBuilder(
                        sushi.toString(), "build", Sources.FOLDER.toString(), "--out", OUTPUT.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", HOME.toAbsolutePath().toString());
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("SUSHI refuses ig/: " + Files.readString(log));
        }
        return arranged();
    }

    private static SortedMap<String, String> arranged() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (var compiled = Files.list(OUTPUT.resolve("fsh-generated/resources"))) {
            for (Path file : compiled.toList()) {
                String content = Files.readString(file);
                files.put(folder(JSON.readTree(content)) + file.getFileName(), content.strip() + "\n");
            }
        }
        files.put("package.json", manifest());
        return files;
    }

    private static String folder(JsonNode resource) {
        if (!DEFINITIONS.contains(resource.path("resourceType").asText())) {
            return "examples/";
        }
        boolean foreign = resource.has("url") && !resource.path("url").asText().startsWith(CANONICAL);
        return foreign ? "foreign/" : "";
    }

    private static String manifest() throws IOException {
        ObjectNode manifest = JSON.createObjectNode()
                .put("name", "fr.carnet")
                .put("version", "0.1.0")
                .put("canonical", "https://carnet.example/fhir")
                .put("sources", "sha256:" + Sources.checksum());
        manifest.putArray("fhirVersions").add("4.0.1");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    }

    /** Writes the files below a folder, for {@code scripts/ig} to take over. */
    static void write(SortedMap<String, String> files, Path folder) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
        }
    }
}

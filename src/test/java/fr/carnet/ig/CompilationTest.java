package fr.carnet.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code profiles/} is what SUSHI makes of {@code ig/}; where it differs, {@code scripts/ig} brings them together. */
class CompilationTest {

    private static final Path PROFILES = Path.of("profiles");

    @ParameterizedTest
    @ValueSource(strings = {"rules.fsh", "actions.fsh", "errors.fsh", "tables.fsh", "rubrics.fsh"})
    void generatedSourcesFollowTheTables(String file) throws IOException {
        String expected = GeneratedSources.all().get(file);
        Path received = Path.of("target", "ig", "generated");
        Files.createDirectories(received);
        Files.writeString(received.resolve(file), expected);

        assertThat(Files.readString(Sources.GENERATED.resolve(file)))
                .as("scripts/ig writes it")
                .isEqualTo(expected);
    }

    /** Holds also where nobody can compile. */
    @Test
    void compiledPackageIsOfTheseSources() throws IOException {
        var manifest =
                new ObjectMapper().readTree(PROFILES.resolve("package.json").toFile());

        assertThat(manifest.path("sources").asText())
                .as("ig/ was changed without scripts/ig")
                .isEqualTo("sha256:" + Sources.checksum());
    }

    @Test
    void sourcesCompileToWhatIsCheckedIn() throws IOException, InterruptedException {
        assumeThat(Compilation.sushi()).as("SUSHI: " + Compilation.SUSHI).isPresent();

        SortedMap<String, String> compiled = Compilation.by(Compilation.sushi().orElseThrow());
        Compilation.write(compiled, Path.of("target", "ig", "profiles"));

        Map<String, String> present = checkedIn();
        assertThat(present.keySet()).containsExactlyElementsOf(compiled.keySet());
        compiled.forEach(
                (file, content) -> assertThat(present.get(file)).as(file).isEqualTo(content));
    }

    @Test
    void corePackageIsCompleteAndWrittenOnce(@TempDir Path home) throws IOException {
        Path folder = CorePackage.writeBelow(home);

        for (String name : new String[] {"Patient", "Attachment", "patient-birthPlace"}) {
            assertThat(folder.resolve("StructureDefinition-" + name + ".json"))
                    .as(name)
                    .isNotEmptyFile();
        }
        var index = new ObjectMapper().readTree(folder.resolve(".index.json").toFile());
        try (var files = Files.list(folder)) {
            assertThat(index.path("files").size()).isEqualTo((int) files.count() - 2);
        }
        var written = Files.getLastModifiedTime(folder.resolve("package.json"));
        CorePackage.writeBelow(home);
        assertThat(Files.getLastModifiedTime(folder.resolve("package.json"))).isEqualTo(written);
    }

    private static Map<String, String> checkedIn() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(PROFILES)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(PROFILES.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return files;
    }
}

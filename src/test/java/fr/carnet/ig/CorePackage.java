package fr.carnet.ig;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * The definitions of FHIR R4 as the package {@code hl7.fhir.r4.core#4.0.1} that SUSHI looks for in its cache, made of those
 * that HAPI's validator brings: SUSHI then compiles without a package registry. Types, resources and extensions only, which
 * is all that profiles of them need.
 */
final class CorePackage {

    private static final String NAME = "hl7.fhir.r4.core";
    private static final String VERSION = "4.0.1";
    private static final List<String> SOURCES = List.of(
            "profile/profiles-types.xml", "profile/profiles-resources.xml", "extension/extension-definitions.xml");

    private final IParser json = FhirContext.forR4Cached().newJsonParser();
    private final ObjectMapper mapper = new ObjectMapper();
    private final List<Map<String, String>> index = new ArrayList<>();
    private final Path folder;

    private CorePackage(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the package, unless it is complete already.
     *
     * @param home that SUSHI gets as its home directory
     * @return folder of its definitions
     */
    static Path writeBelow(Path home) throws IOException {
        Path folder = home.resolve(".fhir/packages/" + NAME + "#" + VERSION + "/package");
        if (!Files.exists(folder.resolve("package.json"))) {
            Files.createDirectories(folder);
            new CorePackage(folder).write();
        }
        return folder;
    }

    private void write() throws IOException {
        for (String source : SOURCES) {
            for (var entry : read(source).getEntry()) {
                if (entry.getResource() instanceof StructureDefinition definition) {
                    write(definition);
                }
            }
        }
        write(".index.json", Map.of("index-version", 1, "files", index));
        // last: its presence says that the package is complete
        write(
                "package.json",
                Map.of("name", NAME, "version", VERSION, "type", "fhir.core", "fhirVersions", List.of(VERSION)));
    }

    private static Bundle read(String source) throws IOException {
        try (InputStream in = CorePackage.class.getResourceAsStream("/org/hl7/fhir/r4/model/" + source);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return FhirContext.forR4Cached().newXmlParser().parseResource(Bundle.class, reader);
        }
    }

    private void write(StructureDefinition definition) throws IOException {
        String file = "StructureDefinition-" + definition.getIdElement().getIdPart() + ".json";
        Files.writeString(folder.resolve(file), json.encodeResourceToString(definition));
        index.add(Map.of(
                "filename", file,
                "resourceType", "StructureDefinition",
                "id", definition.getIdElement().getIdPart(),
                "url", definition.getUrl(),
                "version", VERSION,
                "kind", definition.getKind().toCode(),
                "type", definition.getType()));
    }

    private void write(String file, Map<String, ?> content) throws IOException {
        Files.writeString(folder.resolve(file), mapper.writeValueAsString(content));
    }
}

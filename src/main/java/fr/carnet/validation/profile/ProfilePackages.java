package fr.carnet.validation.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The conformance resources that submissions are held to: Carnet's own and, for want of the official ones, the
 * extensions of others that it serves; then those of the official NPM packages of a folder, which win.
 *
 * @param resources StructureDefinitions, ValueSets and CodeSystems; Carnet's own come first
 * @param versions name and version of each package, e.g. {@code ihe.iti.mhd} → {@code 4.2.3}; without Carnet's own
 */
public record ProfilePackages(List<MetadataResource> resources, Map<String, String> versions) {

    private static final List<String> OWN = List.of("classpath:/profiles/*.json", "classpath:/profiles/foreign/*.json");
    private static final String[] TYPES = {"StructureDefinition", "ValueSet", "CodeSystem"};

    /** Copies its collections. */
    public ProfilePackages {
        resources = List.copyOf(resources);
        versions = Map.copyOf(versions);
    }

    /**
     * Reads Carnet's own resources, and every {@code .tgz} of the folder.
     *
     * @param folder of official packages; empty or absent: Carnet's own only
     * @throws UnreadablePackage if a package cannot be read: a server that checks less than it was told to does not start
     */
    public static ProfilePackages load(FhirContext fhir, Optional<Path> folder) {
        List<MetadataResource> resources = new ArrayList<>(own(fhir));
        Map<String, String> versions = new TreeMap<>();
        for (Path file : folder.map(ProfilePackages::files).orElse(List.of())) {
            try (InputStream in = Files.newInputStream(file)) {
                NpmPackage npm = NpmPackage.fromPackage(in);
                versions.put(npm.name(), npm.version());
                resources.addAll(read(npm, fhir));
            } catch (IOException | RuntimeException e) {
                throw new UnreadablePackage(file.getFileName().toString(), e);
            }
        }
        return new ProfilePackages(resources, versions);
    }

    private static List<MetadataResource> own(FhirContext fhir) {
        try {
            List<MetadataResource> own = new ArrayList<>();
            for (String folder : OWN) {
                for (Resource file : new PathMatchingResourcePatternResolver().getResources(folder)) {
                    if (Stream.of(TYPES).anyMatch(type -> file.getFilename().startsWith(type + "-"))) {
                        try (InputStream in = file.getInputStream()) {
                            own.add(definition(fhir, in));
                        }
                    }
                }
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without its narrative, which weighs more than all the rest and checks nothing. */
    private static MetadataResource definition(FhirContext fhir, InputStream in) {
        var definition = (MetadataResource) fhir.newJsonParser().parseResource(in);
        definition.setText(null);
        return definition;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UnreadablePackage(folder.getFileName().toString(), e);
        }
    }

    private static List<MetadataResource> read(NpmPackage npm, FhirContext fhir) throws IOException {
        List<MetadataResource> resources = new ArrayList<>();
        for (String file : npm.listResources(TYPES)) {
            try (InputStream in = npm.loadResource(file)) {
                resources.add(definition(fhir, in));
            } catch (ClassCastException e) {
                throw new DataFormatException(file, e);
            }
        }
        return resources;
    }

    /** A package, or their folder, that cannot be read. */
    public static final class UnreadablePackage extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadablePackage(String file, Exception cause) {
            super("package of profiles that cannot be read: " + file, cause);
        }
    }
}

package fr.carnet.server.guide;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The definitions that the jar carries in {@code profiles/}: Carnet's own, those of others that it relies on, examples. */
public final class Guide {

    private final List<Resource> definitions;
    private final List<Resource> examples;

    private Guide(List<Resource> definitions, List<Resource> examples) {
        this.definitions = definitions;
        this.examples = examples;
    }

    /** Reads everything; what cannot be read was not built. */
    public static Guide load(FhirContext fhir) {
        return new Guide(
                Stream.of("profiles/", "profiles/foreign/")
                        .flatMap(folder -> read(fhir, folder))
                        .toList(),
                read(fhir, "profiles/examples/").toList());
    }

    /** What the server does, without its version and its address. */
    public CapabilityStatement statement() {
        return all(CapabilityStatement.class).get(0).copy();
    }

    /** Every definition of a type, in the order of their ids. */
    <T extends Resource> List<T> all(Class<T> type) {
        return definitions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every example. */
    List<Resource> examples() {
        return examples;
    }

    private static Stream<Resource> read(FhirContext fhir, String folder) {
        try {
            var files = new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "*-*.json");
            return Arrays.stream(files)
                    .sorted(Comparator.comparing(file -> String.valueOf(file.getFilename())))
                    .map(file -> parse(fhir, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource parse(FhirContext fhir, org.springframework.core.io.Resource file) {
        try (InputStream in = file.getInputStream()) {
            return (Resource) fhir.newJsonParser().parseResource(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

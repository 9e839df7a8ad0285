package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Published example Bundles, most of them faulty: every fault is found. */
class RealSubmissionsTest {

    @Test
    void everyFaultOfTheExamplesIsFound() {
        Map<String, List<String>> found = new TreeMap<>();
        Stream.of("mhd", "pdsm4dmp")
                .flatMap(folder -> SharedReference.files(folder).stream())
                .filter(f -> f.getFileName().toString().startsWith("Bundle-"))
                .forEach(f -> found.put(f.getFileName().toString(), faults(f)));
        found.forEach((name, faults) -> System.out.println(name + "\n  " + String.join("\n  ", faults)));
        assertThat(found).hasSize(8);
    }

    private static List<String> faults(Path file) {
        String json = new String(SharedReference.bytes(file), StandardCharsets.UTF_8);
        Resource resource = (Resource) Fixtures.FHIR.newJsonParser().parseResource(json);
        return Fixtures.check((Bundle) resource).findings().stream()
                .map(f -> f.severity() + " " + f.rule() + " " + f.messageKey() + " " + f.expression() + " " + f.args())
                .toList();
    }
}

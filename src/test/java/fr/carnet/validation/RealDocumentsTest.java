package fr.carnet.validation;

import static fr.carnet.validation.Fixtures.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.Test;

/** The agency's published examples: their headers are read and make submissions without error. */
class RealDocumentsTest {

    private static final Map<String, List<String>> EXPECTED = Map.of(
            "CSE-CS24_2025.01.xml", List.of("ins-invalid", "ins-invalid"),
            "BIO-TROD_2024.01_Angine.xml", List.of("code-outside-value-set"));

    @Test
    void headersAreReadAndMakeSoundSubmissions() {
        Map<String, List<String>> findings = new TreeMap<>();
        List<String> table = new ArrayList<>();
        for (Path file : SharedReference.files("cda")) {
            byte[] content = SharedReference.bytes(file);
            Bundle bundle = Fixtures.parsed(new SubmissionBundles(TABLES)
                    .bundle(
                            Fixtures.header(content),
                            content,
                            "application/xml",
                            Optional.empty(),
                            Fixtures.SUBMITTED));
            List<String> keys = Fixtures.check(bundle).findings().stream()
                    .map(Finding::messageKey)
                    .toList();
            findings.put(file.getFileName().toString(), keys);
            table.add(row(file, Fixtures.reference(bundle), keys));
        }
        table.forEach(System.out::println);
        assertThat(findings).hasSize(24);
        findings.forEach((name, keys) ->
                assertThat(keys).as(name).containsExactlyInAnyOrderElementsOf(EXPECTED.getOrDefault(name, List.of())));
    }

    @Test
    void oneDocumentSitsInsideItsStylesheet() {
        assertThat(SharedReference.files("cda").stream()
                        .filter(f -> Fixtures.header(SharedReference.bytes(f)).wrapped()))
                .hasSize(1);
    }

    private static String row(Path file, DocumentReference reference, List<String> findings) {
        return String.format(
                "%-42s %-10s %-3s %-56s %s",
                file.getFileName(),
                reference.getType().getCodingFirstRep().getCode(),
                reference.getCategoryFirstRep().getCodingFirstRep().getCode(),
                reference.getContentFirstRep().getFormat().getCode(),
                findings);
    }
}

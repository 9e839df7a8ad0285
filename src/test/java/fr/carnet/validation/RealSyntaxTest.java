package fr.carnet.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.validation.syntax.Syntax;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that third parties publish as examples loses anything by being read. */
class RealSyntaxTest {

    private final Syntax syntax = new Syntax(FhirContext.forR4Cached());

    @Test
    void examplesOfThirdPartiesAreOfTheGrammar() {
        for (Path file : Stream.of("mhd", "pdsm4dmp")
                .flatMap(folder -> SharedReference.files(folder).stream())
                .filter(file -> file.toString().endsWith(".json"))
                .toList()) {
            String json = new String(SharedReference.bytes(file), StandardCharsets.UTF_8);
            assertThat(syntax.json(new StringReader(json))).as(file.toString()).isEmpty();
        }
    }
}

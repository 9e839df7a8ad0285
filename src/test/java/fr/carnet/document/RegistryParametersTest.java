package fr.carnet.document;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryParametersTest {

    private static final Set<String> PATIENT = Set.of("patient", "patient.identifier");

    /** No parameter that is understood and not stated, none that is stated and not understood. */
    @ParameterizedTest
    @ValueSource(strings = {"DocumentReference", "List"})
    void parametersAreThoseOfTheStatement(String type) throws IOException {
        List<String> stated = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        CapabilityStatement.class,
                        Files.readString(Path.of("profiles", "CapabilityStatement-carnet.json")))
                .getRestFirstRep()
                .getResource()
                .stream()
                .filter(resource -> resource.getType().equals(type))
                .flatMap(resource -> resource.getSearchParam().stream())
                .map(CapabilityStatementRestResourceSearchParamComponent::getName)
                .toList();

        assertThat(stated).containsAll(PATIENT);
        assertThat(RegistryParameters.of(type).names())
                .containsExactlyInAnyOrderElementsOf(
                        stated.stream().filter(name -> !PATIENT.contains(name)).toList());
    }
}

package fr.carnet.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportOperationTest {

    @ParameterizedTest
    @EnumSource
    void definitionSaysWhatTheOperationTakes(ExportOperation operation) throws IOException {
        OperationDefinition definition = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        OperationDefinition.class,
                        Files.readString(
                                Path.of("profiles", "OperationDefinition-patient-" + operation.code() + ".json")));

        assertThat(definition.getUrl()).isEqualTo(operation.canonical());
        assertThat(definition.getCode()).isEqualTo(operation.code());
        assertThat(definition.getParameter())
                .filteredOn(parameter -> parameter.getUse() == OperationParameterUse.IN)
                .extracting(OperationDefinitionParameterComponent::getName)
                .containsExactlyInAnyOrderElementsOf(operation.parameters());
    }
}

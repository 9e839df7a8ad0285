package fr.carnet.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.policy.CheckPoint;
import fr.carnet.shared.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationOperationTest {

    @ParameterizedTest
    @EnumSource
    void definitionSaysWhatTheOperationTakes(ExplanationOperation operation) throws IOException {
        OperationDefinition definition = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        OperationDefinition.class,
                        Files.readString(Path.of("profiles", "OperationDefinition-" + operation.id() + ".json")));

        assertThat(definition.getUrl()).isEqualTo(operation.canonical());
        assertThat(definition.getCode()).isEqualTo(operation.code());
        assertThat(definition.getResource().get(0).getCode()).isEqualTo(operation.type());
        assertThat(definition.getStatus()).isEqualTo(PublicationStatus.ACTIVE);
        assertThat(definition.getParameter())
                .filteredOn(parameter -> parameter.getUse() == OperationParameterUse.IN)
                .extracting(OperationDefinitionParameterComponent::getName)
                .containsExactlyInAnyOrderElementsOf(operation.parameters());
    }

    @ParameterizedTest
    @EnumSource
    void everyCheckHasItsSentences(CheckPoint point) {
        String key = "explanation." + Question.codeOf(point);

        assertThat(Texts.of("fr").say(key))
                .isNotBlank()
                .isNotEqualTo(Texts.of("en").say(key));
    }
}

package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.junit.jupiter.api.Test;

class CrossReferenceTest {

    private static final IdentifierToken SOURCE = new IdentifierToken("urn:oid:1", "7");

    @Test
    void definitionSaysWhatTheOperationTakes() throws IOException {
        OperationDefinition definition = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        OperationDefinition.class,
                        Files.readString(Path.of("profiles", "OperationDefinition-patient-ihe-pix.json")));

        assertThat(definition.getUrl()).isEqualTo(CrossReference.CANONICAL);
        assertThat("$" + definition.getCode()).isEqualTo(CrossReference.OPERATION);
        assertThat(definition.getCode()).isEqualTo(CrossReference.CODE);
        assertThat(definition.getAffectsState()).isFalse();
        assertThat(definition.getParameter())
                .filteredOn(parameter -> parameter.getUse() == OperationParameterUse.IN)
                .extracting(OperationDefinitionParameterComponent::getName)
                .containsExactlyInAnyOrderElementsOf(CrossReference.PARAMETERS);
    }

    @Test
    void sourceIsRequiredOnceAndTargetAtMostOnce() {
        String[] source = {"urn:oid:1|7"};
        String[] target = {"urn:oid:2"};

        assertThat(CrossReference.of(Map.of("sourceIdentifier", source)))
                .isEqualTo(new CrossReference(SOURCE, Optional.empty()));
        assertThat(CrossReference.of(Map.of("sourceIdentifier", source, "targetSystem", target)))
                .isEqualTo(new CrossReference(SOURCE, Optional.of("urn:oid:2")));
        String[] twice = {"urn:oid:2", "urn:oid:3"};
        assertThatThrownBy(() -> CrossReference.of(Map.of("sourceIdentifier", source, "targetSystem", twice)))
                .isInstanceOf(Fault.class);
        assertThatThrownBy(() -> CrossReference.of(Map.of("targetSystem", target)))
                .isInstanceOf(Fault.class);
    }

    @Test
    void anotherIdentifierOfTheTargetIsWanted() {
        var all = new CrossReference(SOURCE, Optional.empty());
        var some = new CrossReference(SOURCE, Optional.of("urn:oid:2"));

        assertThat(all.wants(identifier("urn:oid:1", "7"))).isFalse();
        assertThat(all.wants(identifier("urn:oid:1", "8"))).isTrue();
        assertThat(all.wants(identifier("urn:oid:2", "7"))).isTrue();
        assertThat(some.wants(identifier("urn:oid:1", "8"))).isFalse();
        assertThat(some.wants(identifier("urn:oid:2", "7"))).isTrue();
    }

    private static Identifier identifier(String system, String value) {
        return new Identifier().setSystem(system).setValue(value);
    }
}

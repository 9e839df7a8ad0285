package fr.carnet.dmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import fr.carnet.policy.Action;
import fr.carnet.policy.RecordLife;
import fr.carnet.shared.Fault;
import fr.carnet.shared.InsDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordOperationTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path PROFILES = Path.of("profiles");

    @ParameterizedTest
    @EnumSource
    void definitionSaysWhatTheOperationTakes(RecordOperation operation) throws IOException {
        OperationDefinition definition = FHIR.newJsonParser()
                .parseResource(
                        OperationDefinition.class,
                        Files.readString(
                                PROFILES.resolve("OperationDefinition-patient-" + operation.code() + ".json")));
        Set<String> expected = new TreeSet<>(operation.parameters());
        expected.add(RecordRequest.IDENTIFIER);

        assertThat(definition.getUrl()).isEqualTo(operation.canonical());
        assertThat(definition.getCode()).isEqualTo(operation.code());
        assertThat(definition.getStatus()).isEqualTo(PublicationStatus.ACTIVE);
        assertThat(definition.getType()).isTrue();
        assertThat(definition.getInstance()).isFalse();
        assertThat(definition.getParameter().stream()
                        .filter(parameter -> parameter.getUse() == OperationParameterUse.IN)
                        .map(parameter -> parameter.getName()))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(RecordLife.isChangedBy(operation.action())).isTrue();
    }

    @Test
    void everyDefinitionHasItsOperation() throws IOException {
        try (var files = Files.list(PROFILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .containsAll(Arrays.stream(RecordOperation.values())
                            .map(operation -> "OperationDefinition-patient-" + operation.code() + ".json")
                            .toList());
        }
    }

    @Test
    void tickedBoxOfAProfessionalIsAReactivation() {
        Parameters ticked = named();
        ticked.addParameter().setName("consent").setValue(new BooleanType(true));

        RecordRequest asked = RecordRequest.of(RecordOperation.REOPEN, ticked);

        assertThat(asked.action(Cases.professional(Cases.MARTIN))).isEqualTo(Action.REACTIVATE);
        assertThat(asked.action(Cases.operator())).isEqualTo(Action.REOPEN);
        assertThat(RecordRequest.of(RecordOperation.REOPEN, named()).action(Cases.professional(Cases.MARTIN)))
                .isEqualTo(Action.REOPEN);
    }

    @Test
    void instantOfTheInformationIsRead() {
        Parameters sent = named();
        sent.addParameter().setName("sent").setValue(new DateTimeType("2026-11-01T09:00:00+01:00"));

        assertThat(RecordRequest.of(RecordOperation.INFORM, sent).sent())
                .contains(Instant.parse("2026-11-01T08:00:00Z"));
    }

    @Test
    void parameterOfAnotherOperationIsRefusedByName() {
        Parameters parameters = named();
        parameters.addParameter().setName("consent").setValue(new BooleanType(true));

        assertThatThrownBy(() -> RecordRequest.of(RecordOperation.CLOSE, parameters))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.status()).isEqualTo(400);
                    assertThat(fault.issues().get(0).args()).containsExactly("consent");
                });
    }

    @Test
    void missingRepeatedOrForeignValuesAreRefused() {
        Parameters vague = named();
        vague.addParameter().setName("sent").setValue(new DateTimeType("2026-11-01"));
        Parameters foreign = named();
        foreign.addParameter().setName("sent").setValue(new DateType("2026-11-01"));
        Parameters twice = named();
        twice.addParameter().setName("identifier").setValue(new Identifier().setValue("x"));

        assertThat(java.util.List.of(new Parameters(), vague, foreign, twice))
                .allSatisfy(parameters -> assertThatThrownBy(() -> RecordRequest.of(RecordOperation.INFORM, parameters))
                        .isInstanceOfSatisfying(
                                Fault.class, fault -> assertThat(fault.status()).isEqualTo(422)));
    }

    private static Parameters named() {
        var parameters = new Parameters();
        parameters
                .addParameter()
                .setName("identifier")
                .setValue(new Identifier().setSystem(InsDomain.TEST.system()).setValue("284057505601204"));
        return parameters;
    }
}

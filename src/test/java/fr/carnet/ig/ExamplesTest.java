package fr.carnet.ig;

import static org.assertj.core.api.Assertions.assertThat;

import fr.carnet.policy.AuthorisationStatus;
import fr.carnet.policy.ConsentFacts;
import fr.carnet.policy.RecordState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions are valid FHIR, every profile has an example, every example is valid. */
class ExamplesTest {

    private static final String PROFILE = "https://carnet.example/fhir/StructureDefinition/carnet-";

    static Stream<Arguments> examples() throws IOException {
        return Validator.examples().stream().map(ExamplesTest::named);
    }

    static Stream<Arguments> definitions() throws IOException {
        return Validator.definitions().stream().map(ExamplesTest::named);
    }

    private static Arguments named(Resource resource) {
        return Arguments.of(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void exampleIsValid(String name, Resource example) throws IOException {
        assertThat(Validator.get().errorsAsServed(example)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void definitionIsValid(String name, Resource definition) {
        assertThat(Validator.get().errors(definition))
                // HAPI asks for a package of its own to make the snapshot of an extension; the examples try those
                .filteredOn(error -> !error.contains("Unable to resolve package id hl7.fhir.r4.core#null"))
                .isEmpty();
    }

    @Test
    void everyProfileHasItsExample() throws IOException {
        List<String> claimed = Validator.examples().stream()
                .flatMap(example -> example.getMeta().getProfile().stream())
                .map(profile -> profile.getValue())
                .toList();
        List<String> profiles = Validator.definitions().stream()
                .filter(StructureDefinition.class::isInstance)
                .map(definition -> ((StructureDefinition) definition).getUrl())
                .filter(url -> url.startsWith(PROFILE) && !url.equals(PROFILE + "consent"))
                .toList();

        assertThat(profiles).isNotEmpty();
        assertThat(claimed).containsAll(profiles);
    }

    /** The validator is not asleep. */
    @Test
    void examplesThatAreSpoiltAreRefused() throws IOException {
        Patient alice = (Patient) example("alice");
        alice.getIdentifierFirstRep().setValue("12");
        alice.addAddress().setCity("Paris");
        Consent oppose = (Consent) example("oppose-deposit");
        oppose.getExtension().clear();

        assertThat(Validator.get().errors(alice))
                .anyMatch(error -> error.contains("carnet-ins-shape"))
                .anyMatch(error -> error.contains("address"));
        assertThat(Validator.get().errors(oppose)).anyMatch(error -> error.contains("reason"));
    }

    @Test
    void codesAreThoseOfTheCode() throws IOException {
        assertThat(codes("consent-kind"))
                .containsExactlyElementsOf(Arrays.stream(ConsentFacts.Kind.values())
                        .map(ConsentFacts.Kind::code)
                        .toList());
        assertThat(codes("record-state"))
                .containsExactlyElementsOf(
                        Arrays.stream(RecordState.values()).map(Enum::name).toList());
        assertThat(codes("authorisation-status"))
                .containsExactlyElementsOf(Arrays.stream(AuthorisationStatus.values())
                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static List<String> codes(String system) throws IOException {
        return Validator.definitions().stream()
                .filter(definition -> definition instanceof CodeSystem
                        && definition.getIdElement().getIdPart().equals(system))
                .flatMap(definition -> ((CodeSystem) definition).getConcept().stream())
                .map(ConceptDefinitionComponent::getCode)
                .toList();
    }

    private static Resource example(String id) throws IOException {
        return Validator.examples().stream()
                .filter(example -> example.getIdElement().getIdPart().equals(id))
                .findFirst()
                .orElseThrow();
    }
}

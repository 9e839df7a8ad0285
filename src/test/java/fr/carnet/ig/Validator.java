package fr.carnet.ig;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Resource;

/** Validates against the definitions of {@code profiles/} and of FHIR R4, and nothing else. */
final class Validator {

    static final FhirContext FHIR = FhirContext.forR4Cached();

    private static final Path PROFILES = Path.of("profiles");

    private final FhirValidator validator = FHIR.newValidator();

    private Validator() throws IOException {
        var own = new PrePopulatedValidationSupport(FHIR);
        definitions().forEach(own::addResource);
        var chain = new ValidationSupportChain(
                own,
                new DefaultProfileValidationSupport(FHIR),
                new CommonCodeSystemsTerminologyService(FHIR),
                new InMemoryTerminologyServerValidationSupport(FHIR),
                new SnapshotGeneratingValidationSupport(FHIR));
        var module = new FhirInstanceValidator(chain);
        // PDSm's, which the resources claim, may not be here
        module.setErrorForUnknownProfiles(false);
        validator.registerValidatorModule(module);
    }

    /** The one of this JVM: it takes a while to warm. */
    static Validator get() {
        return Held.VALIDATOR;
    }

    /** Everything that is compiled but the examples. */
    static List<Resource> definitions() throws IOException {
        return read(PROFILES, PROFILES.resolve("foreign"));
    }

    /** Every example. */
    static List<Resource> examples() throws IOException {
        return read(PROFILES.resolve("examples"));
    }

    private static List<Resource> read(Path... folders) throws IOException {
        List<Resource> resources = new ArrayList<>();
        for (Path folder : folders) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.getFileName().toString().matches("[A-Z].*\\.json"))
                        .sorted()
                        .toList()) {
                    resources.add((Resource) FHIR.newJsonParser().parseResource(Files.readString(file)));
                }
            }
        }
        return resources;
    }

    /** What is wrong with a resource, by the profiles that it claims and by these. */
    List<String> errors(Resource resource, String... profiles) {
        var options = new ValidationOptions();
        List.of(profiles).forEach(options::addProfile);
        return validator.validateWithResult(resource, options).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(Validator::said)
                .toList();
    }

    private static String said(SingleValidationMessage message) {
        return message.getLocationString() + ": " + message.getMessage();
    }

    private static final class Held {
        private static final Validator VALIDATOR = make();

        private static Validator make() {
            try {
                return new Validator();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

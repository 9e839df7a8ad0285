package fr.carnet.ig;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.server.ServedProfiles;
import fr.carnet.shared.CarnetUris;
import fr.carnet.validation.profile.OfficialPackages;
import fr.carnet.validation.profile.ProfileFinding;
import fr.carnet.validation.profile.ProfilePackages;
import fr.carnet.validation.profile.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Validates as the server does: by FHIR R4, {@code profiles/} and, where they are at hand, the official packages. */
final class Validator {

    static final FhirContext FHIR = FhirContext.forR4Cached();

    private static final Path PROFILES = Path.of("profiles");

    private final ProfileValidator validator =
            new ProfileValidator(FHIR, ProfilePackages.load(FHIR, OfficialPackages.folder()));

    private Validator() {}

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
        return errors(resource, List.of(profiles));
    }

    /** What is wrong with an example, by what it claims and by the profiles of IHE and PDSm for such an answer. */
    List<String> errorsAsServed(Resource example) throws IOException {
        String json = FHIR.newJsonParser().encodeResourceToString(example);
        List<String> served = ServedProfiles.of(new ObjectMapper().readTree(json), "GET " + example.fhirType());
        return errors(
                example,
                served.stream().filter(url -> !url.startsWith(CarnetUris.ROOT)).toList());
    }

    private List<String> errors(Resource resource, List<String> profiles) {
        return validator.check(resource, profiles).stream()
                .filter(ProfileFinding::grave)
                .map(finding -> finding.expression() + ": " + finding.text())
                .toList();
    }

    private static final class Held {
        private static final Validator VALIDATOR = new Validator();
    }
}

package fr.carnet.validation.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Holds resources to FHIR R4 and to profiles, offline. Thread-safe; expensive to make, so there is one.
 *
 * <p>The engine is the one of HL7, as HAPI feeds it. HAPI makes a new engine for each resource, which costs more than the
 * check itself (a table of OIDs is read each time); so a few are kept here and used again.
 */
public final class ProfileValidator {

    private final FhirContext fhir;
    private final IValidationSupport support;
    private final WorkerContextValidationSupportAdapter definitions;
    private final Engines engines;

    /** A validator of these packages. */
    public ProfileValidator(FhirContext fhir, ProfilePackages packages) {
        this.fhir = fhir;
        this.support = support(fhir, packages);
        this.definitions = new WorkerContextValidationSupportAdapter(support);
        this.engines = new Engines(Runtime.getRuntime().availableProcessors(), () -> new Engine(definitions));
    }

    private static IValidationSupport support(FhirContext fhir, ProfilePackages packages) {
        var base = new DefaultProfileValidationSupport(fhir);
        var ours = new PrePopulatedValidationSupport(fhir);
        for (MetadataResource resource : packages.resources()) {
            ours.addResource(resource);
        }
        List<StructureDefinition> profiles = packages.resources().stream()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .toList();
        StandIns.of(
                        fhir,
                        profiles,
                        url -> base.fetchStructureDefinition(url) != null || ours.fetchStructureDefinition(url) != null)
                .forEach(ours::addResource);
        return new Remembered(
                fhir,
                new ValidationSupportChain(
                        base,
                        ours,
                        new CommonCodeSystemsTerminologyService(fhir),
                        new InMemoryTerminologyServerValidationSupport(fhir),
                        new SnapshotGeneratingValidationSupport(fhir)));
    }

    /** True when the profile, {@code url} or {@code url|version}, can be checked. */
    public boolean knows(String profile) {
        return support.fetchStructureDefinition(profile) != null;
    }

    /**
     * Everything that is wrong with a resource, by FHIR R4 itself and by each of these profiles.
     *
     * @param profiles those that are not known are passed over
     */
    public List<ProfileFinding> check(Resource resource, Collection<String> profiles) {
        byte[] json = fhir.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
        return Messages.findings(engines.lend(engine -> engine.check(json, definitions(profiles))));
    }

    private List<org.hl7.fhir.r5.model.StructureDefinition> definitions(Collection<String> profiles) {
        return profiles.stream()
                .map(profile -> definitions.fetchResource(org.hl7.fhir.r5.model.StructureDefinition.class, profile))
                .filter(Objects::nonNull)
                .toList();
    }
}

package fr.carnet.validation;

import fr.carnet.shared.Fault.Issue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/**
 * Holds a resource that comes by itself (a choice, an identity, a team) to FHIR R4, to the profiles that it claims and to
 * those that it must keep. Nothing is tolerated here, whatever the level: rights follow from these resources. Stateless.
 */
public final class ResourceCheck {

    private final ProfileRules profiles;

    /** Checks with these profiles. */
    public ResourceCheck(ProfileRules profiles) {
        this.profiles = profiles;
    }

    /**
     * What is wrong with the resource.
     *
     * @param wanted profiles that it must keep, beside those that it claims
     * @param told elements (FHIRPath) of which something was said already: they, and what is within them, are passed over
     */
    public List<Issue> check(Resource resource, Set<String> wanted, Collection<String> told) {
        var findings = new Findings();
        profiles.check(resource, resource.fhirType(), wanted, told, findings);
        return findings.list().stream()
                .filter(Finding::isError)
                .map(Finding::toIssue)
                .toList();
    }
}

package fr.carnet.validation;

import fr.carnet.shared.ProfileUris;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Resource;

/** What a resource claims to be, in {@code meta.profile}. */
final class ClaimedProfiles {

    private ClaimedProfiles() {}

    /** True when the resource claims a profile of PDSm. */
    static boolean claimsPdsm(Resource resource) {
        return of(resource).anyMatch(profile -> profile.startsWith(ProfileUris.PDSM));
    }

    /** True when the Bundle claims a Provide Bundle of PDSm or of MHD. */
    static boolean claimsProvideBundle(Resource bundle) {
        return of(bundle)
                .anyMatch(profile -> profile.equals(ProfileUris.PROVIDE_BUNDLE)
                        || (profile.startsWith(ProfileUris.MHD + "IHE.MHD.") && profile.endsWith(".ProvideBundle")));
    }

    /** True when the resource claims this profile. */
    static boolean claims(Resource resource, String profile) {
        return of(resource).anyMatch(profile::equals);
    }

    private static Stream<String> of(Resource resource) {
        return resource.getMeta().getProfile().stream()
                .filter(CanonicalType::hasValue)
                .map(CanonicalType::getValue);
    }
}

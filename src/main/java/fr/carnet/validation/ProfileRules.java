package fr.carnet.validation;

import fr.carnet.shared.Texts;
import fr.carnet.validation.Finding.Severity;
import fr.carnet.validation.profile.ProfileFinding;
import fr.carnet.validation.profile.ProfileValidator;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** Holds the resources of a submission to their profiles; what our own rules have said already is not said again. */
public final class ProfileRules {

    /** Code of a finding of FHIR itself. */
    private static final String FHIR = "fhir";

    private static final String KEY = "profile.";
    private static final String OTHER = "profile.other";
    private static final Pattern OF_PROFILE = Pattern.compile("StructureDefinition/([A-Za-z0-9.-]+)(?:\\|[\\w.-]+)?");
    private static final Set<String> CARDINALITY =
            Set.of("Validation_VAL_Profile_Minimum", "Validation_VAL_Profile_Maximum");

    /** Place of the element among what the library fills into its sentence on a cardinality. */
    private static final int ELEMENT = 3;

    private final Optional<ProfileValidator> validator;

    private ProfileRules(Optional<ProfileValidator> validator) {
        this.validator = validator;
    }

    /** Checks with this validator. */
    public static ProfileRules of(ProfileValidator validator) {
        return new ProfileRules(Optional.of(validator));
    }

    /** Checks nothing: for those who build submissions and measure what the checks cost. */
    public static ProfileRules none() {
        return new ProfileRules(Optional.empty());
    }

    /**
     * Adds what the profiles say of a resource.
     *
     * @param path of the resource, e.g. {@code Bundle.entry[1].resource}
     * @param profiles that it must keep, beside those that it claims
     */
    void check(Resource resource, String path, Collection<String> profiles, Findings findings) {
        check(
                resource,
                path,
                profiles,
                findings.list().stream().map(Finding::expression).collect(Collectors.toSet()),
                findings);
    }

    /** The same, but for what was told of these elements. */
    void check(
            Resource resource, String path, Collection<String> profiles, Collection<String> told, Findings findings) {
        validator.stream()
                .flatMap(v -> v.check(resource, profiles).stream())
                .map(found -> finding(found, path, resource.fhirType()))
                .filter(finding -> told.stream().noneMatch(expression -> same(expression, finding.expression())))
                .distinct()
                .forEach(findings::add);
    }

    /** An element, or one within it: whoever mends the one mends the other. */
    private static boolean same(String told, String found) {
        return found.equals(told) || found.startsWith(told + ".") || found.startsWith(told + "[");
    }

    private static Finding finding(ProfileFinding found, String path, String type) {
        Severity severity = found.grave() ? Severity.ERROR : Severity.WARNING;
        String expression = path + expression(found).substring(type.length());
        boolean said = !found.args().isEmpty() && Texts.knows(KEY + found.message());
        List<String> args = said ? found.args() : List.of(found.text());
        return new Finding(severity, expression, rule(found), said ? KEY + found.message() : OTHER, args);
    }

    /** The library names the parent of what is missing; the element itself is what has to be mended. */
    private static String expression(ProfileFinding found) {
        if (!CARDINALITY.contains(found.message()) || found.args().size() <= ELEMENT) {
            return found.expression();
        }
        String element = found.args().get(ELEMENT);
        return found.expression() + element.substring(element.lastIndexOf('.')).replaceFirst(":.*", "");
    }

    /** The constraint that is broken, or the profile that asks for what is missing. */
    private static String rule(ProfileFinding found) {
        if (found.constraint().isPresent()) {
            return found.constraint().get();
        }
        Matcher profile = OF_PROFILE.matcher(found.text());
        return profile.find() ? profile.group(1) : FHIR;
    }
}

package fr.carnet.dmp;

import fr.carnet.policy.Rule;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Fault.Issue;
import fr.carnet.shared.Fault.Severity;
import fr.carnet.validation.ResourceCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** What is wrong with a resource, all of it, so that the sender mends it once. Never repeats what was sent. */
final class Findings {

    private static final int UNPROCESSABLE = 422;
    private static final String PROFILE = CarnetUris.ROOT + "/StructureDefinition/carnet-";

    private final List<Issue> all = new ArrayList<>();

    /**
     * Adds the finding unless the condition holds.
     *
     * @param code error code; {@code dmp.} and the code is the key of the sentence
     * @param expression FHIRPath of the element
     */
    void require(boolean condition, String code, String expression) {
        if (!condition) {
            all.add(issue(code, expression));
        }
    }

    /** Adds the finding unless the condition holds. */
    void require(boolean condition, Rule rule, String expression) {
        if (!condition) {
            all.add(new Issue(Severity.ERROR, rule.id(), rule.messageKey(), List.of(), Optional.of(expression)));
        }
    }

    /**
     * Adds what FHIR, the profiles that the resource claims and those of Carnet that it must keep say of it, but for the
     * elements of which something was said already.
     *
     * @param profiles names after {@code carnet-}
     */
    void conform(Resource resource, ResourceCheck check, String... profiles) {
        Set<String> told = all.stream()
                .flatMap(issue -> issue.expression().stream())
                .filter(expression -> expression.contains("."))
                .collect(Collectors.toSet());
        Set<String> wanted = Arrays.stream(profiles).map(PROFILE::concat).collect(Collectors.toSet());
        // of the whole resource the profiles ask what our own rules ask of its elements
        Optional<String> whole = all.isEmpty() ? Optional.empty() : Optional.of(resource.fhirType());
        check.check(resource, wanted, told).stream()
                .filter(issue -> whole.isEmpty() || !issue.expression().equals(whole))
                .forEach(all::add);
    }

    /**
     * The same for a resource in which something was found, so that its sender mends it once.
     *
     * @throws Fault of 422 if anything was found
     */
    void refuseIfAny(Resource sent, ResourceCheck check) {
        if (!all.isEmpty()) {
            conform(sent, check);
        }
        refuseIfAny();
    }

    /** @throws Fault of 422 if anything was found */
    void refuseIfAny() {
        if (!all.isEmpty()) {
            throw new Fault(UNPROCESSABLE, all);
        }
    }

    /** A refusal with one reason. */
    static Fault refusal(String code, String expression) {
        return new Fault(UNPROCESSABLE, List.of(issue(code, expression)));
    }

    private static Issue issue(String code, String expression) {
        return new Issue(Severity.ERROR, code, "dmp." + code, List.of(), Optional.of(expression));
    }
}

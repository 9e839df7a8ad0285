package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reading by professionals: the steps on the record, then matrix and labels of the document (steps 9 and 10). The matrix
 * holds in every mode (R30) and never grants alone (R31).
 */
record Consultation(StepTable table, RecordSteps steps, Habilitations habilitations, Visibilities visibilities) {

    Decision decide(AccessRequest request) {
        Optional<Rule> refusal = table.consulting(request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        List<Rule> reasons = new ArrayList<>(List.of(steps.authorisation(request)));
        if (request.document().isPresent()) {
            DocumentFacts document = request.document().get();
            Optional<Rule> hidden = hiding(request, document);
            if (hidden.isPresent()) {
                return hide(hidden.get());
            }
            reasons.addAll(verdicts(request, document));
        }
        return new Permit(reasons, AccessModes.obligations(request));
    }

    /** True if the caller may read this document here and now. */
    boolean isReadable(AccessRequest request, DocumentFacts document) {
        return table.consulting(request).isEmpty() && hiding(request, document).isEmpty();
    }

    /** Steps 9 and 10: the rule that hides this document from the caller. */
    Optional<Rule> hiding(AccessRequest request, DocumentFacts document) {
        return Visibilities.absence(request, document).or(() -> verdicts(request, document).stream()
                .filter(rule -> !rule.permits())
                .findFirst());
    }

    private List<Rule> verdicts(AccessRequest request, DocumentFacts document) {
        return List.of(
                habilitations.reading(request.caller(), document),
                visibilities.toProfessional(request.caller(), request.patient().orElseThrow(), document));
    }
}

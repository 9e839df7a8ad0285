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
final class Consultation {

    private final StepTable table;
    private final RecordSteps steps;
    private final Habilitations habilitations;
    private final Visibilities visibilities;
    private final List<Check> onDocument;

    Consultation(StepTable table, RecordSteps steps, Habilitations habilitations, Visibilities visibilities) {
        this.table = table;
        this.steps = steps;
        this.habilitations = habilitations;
        this.visibilities = visibilities;
        onDocument = List.of(
                new Check(
                        CheckPoint.PRESENCE,
                        request ->
                                Visibilities.absence(request, request.document().orElseThrow())),
                new Check(CheckPoint.MATRIX, request -> Optional.of(matrix(request))),
                new Check(CheckPoint.LABELS, request -> Optional.of(labels(request))));
    }

    Decision decide(AccessRequest request) {
        Optional<Rule> refusal = StepTable.refusal(table.consulting(), request);
        if (refusal.isPresent()) {
            return say(request, refusal.get());
        }
        List<Rule> reasons = new ArrayList<>(List.of(steps.authorisation(request)));
        if (request.document().isPresent()) {
            Optional<Rule> hidden = hiding(request);
            if (hidden.isPresent()) {
                return hide(hidden.get());
            }
            reasons.add(matrix(request));
            reasons.add(labels(request));
        }
        return new Permit(reasons, AccessModes.obligations(request), steps.consent(request));
    }

    /** True if the caller may read the document of the request here and now. */
    boolean isReadable(AccessRequest request) {
        return StepTable.refusal(table.consulting(), request).isEmpty()
                && hiding(request).isEmpty();
    }

    /** Steps 9 and 10: the rule that hides the document of the request from the caller. */
    Optional<Rule> hiding(AccessRequest request) {
        return StepTable.refusal(onDocument, request);
    }

    /** Steps 9 and 10; none while no document is named. */
    List<Check> onDocument(AccessRequest request) {
        return request.document().isPresent() ? onDocument : List.of();
    }

    private Rule matrix(AccessRequest request) {
        return habilitations.reading(request.caller(), request.document().orElseThrow());
    }

    private Rule labels(AccessRequest request) {
        return visibilities.toProfessional(
                request.caller(),
                request.patient().orElseThrow(),
                request.document().orElseThrow());
    }
}

package fr.carnet.policy;

import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import java.time.Instant;

/**
 * Who registers and corrects those who act for a patient in law (R147, R149): the operator; a child's main insured person
 * shares with the second parent, who does not share on, and neither ends the other's title.
 */
final class RelatedRights {

    private RelatedRights() {}

    /** By a representative whose title was checked. */
    static Rule sharing(AccessRequest request, Rule title, RelatedFacts related) {
        boolean parents = title == Rule.R147_REPRESENTATIVE && related.title() == Title.PARENT;
        if (!parents || request.action() != Action.REGISTER_RELATED) {
            return Rule.R147_NOT_ENTITLED;
        }
        boolean main = request.patient().stream()
                .flatMap(patient -> patient.representatives().stream())
                .anyMatch(known -> isMain(known, request.caller().subject(), request.now()));
        return main ? Rule.R147_SHARED : Rule.R147_NOT_MAIN;
    }

    private static boolean isMain(Representative known, String localId, Instant now) {
        return known.title() == Title.PARENT && known.localId().equals(localId) && !known.shared() && known.holds(now);
    }
}

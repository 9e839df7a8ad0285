package fr.carnet.policy;

import static fr.carnet.policy.Disclosures.hide;
import static fr.carnet.policy.Disclosures.say;

import fr.carnet.policy.Decision.Permit;
import java.util.List;
import java.util.Set;

/** Decisions on notices and messages (R99): each is there for those to whom it is addressed, and for nobody else. */
final class CommunicationRights {

    private CommunicationRights() {}

    /** On one of them, or on the record as a whole when none is named; all other steps have been gone through. */
    static Decision reading(AccessRequest request, Rule onRecord) {
        return request.communication()
                .map(communication -> communication.isAddressedTo(request.caller())
                        ? new Permit(List.of(onRecord), Set.of())
                        : hide(Rule.R99_NOT_ADDRESSED))
                .orElseGet(() -> new Permit(List.of(onRecord), Set.of()));
    }

    /** Nothing is ever addressed to machines, to the operator and to the auditor. */
    static Decision ofNobody(AccessRequest request) {
        return say(request, Rule.R99_NOT_ENTITLED);
    }
}

package fr.carnet.policy;

import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.shared.Caller;
import java.util.Optional;

/** Who may create or end which Consent (R36, R37, R41, R42, R44, R46, R52, R55, R91). */
record ConsentRights(Authorisations authorisations) {

    /** TD0.3: for himself, or for a colleague by somebody who is authorised himself (R41). */
    Rule creatingAsProfessional(AccessRequest request, PatientFacts patient, ConsentFacts consent) {
        if (consent.kind() != Kind.AUTHORISATION) {
            return Rule.R91_HOLDER_ONLY;
        }
        if (consent.professional().isEmpty()) {
            return Rule.R37_INCOMPLETE_DECLARATION;
        }
        Caller caller = request.caller();
        if (consent.professional().equals(Optional.of(caller.subject()))) {
            return Rule.R36_DECLARATION;
        }
        return authorisations.verdict(caller, patient, request.now()).permits()
                ? Rule.R41_COLLEAGUE
                : Rule.R41_NO_CONSENT;
    }

    /** TD0.3 SUPPRESSION: by whom it concerns or by who declared it. */
    static Rule endingAsProfessional(Caller caller, ConsentFacts consent) {
        Optional<String> self = Optional.of(caller.subject());
        boolean own =
                consent.professional().equals(self) || consent.declaredBy().equals(self);
        return consent.kind() == Kind.AUTHORISATION && own ? Rule.R42_ENDED : Rule.R42_NOT_AUTHOR;
    }

    /** The holder authorises, blocks and opposes as he likes, without a reason (R49, R91), but for the treating physician (R46). */
    static Rule creatingAsHolder(PatientFacts patient, ConsentFacts consent) {
        boolean namesSomebody = consent.kind() == Kind.AUTHORISATION || consent.kind() == Kind.BLOCK;
        if (namesSomebody && consent.professional().isEmpty()) {
            return Rule.R37_INCOMPLETE_DECLARATION;
        }
        boolean blocksTreating =
                consent.kind() == Kind.BLOCK && consent.professional().equals(patient.treatingPhysician());
        return blocksTreating ? Rule.R46_TREATING_PHYSICIAN : Rule.R91_HOLDER_CHOICE;
    }
}

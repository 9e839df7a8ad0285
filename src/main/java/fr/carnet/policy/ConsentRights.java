package fr.carnet.policy;

import fr.carnet.policy.ConsentFacts.Concerns;
import fr.carnet.policy.ConsentFacts.Kind;
import fr.carnet.shared.Caller;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who may create or end which Consent (R36, R37, R41, R42, R44, R46, R48, R52, R55, R63, R69, R91, R107, R108). */
record ConsentRights(Authorisations authorisations) {

    private static final Set<Kind> DECLARED_BY_PROFESSIONALS = EnumSet.of(Kind.AUTHORISATION, Kind.NURSING_HOME);

    /** TD0.3: for himself, or for a colleague by somebody who is authorised himself (R41). */
    Rule creatingAsProfessional(AccessRequest request, PatientFacts patient, ConsentFacts consent) {
        Caller caller = request.caller();
        if (!DECLARED_BY_PROFESSIONALS.contains(consent.kind())) {
            return Rule.R91_HOLDER_ONLY;
        }
        if (consent.concerned().isEmpty()) {
            return Rule.R37_INCOMPLETE_DECLARATION;
        }
        boolean himself = consent.concerned().equals(Optional.of(caller.subject()));
        if (consent.kind() == Kind.NURSING_HOME) {
            return himself && Purposes.isNursingHomePhysician(caller) ? Rule.R63_AGREEMENT : Rule.R63_NO_CONSENT;
        }
        if (himself) {
            return Rule.R36_DECLARATION;
        }
        return authorisations.verdict(caller, patient, request.now()).permits()
                ? Rule.R41_COLLEAGUE
                : Rule.R41_NO_CONSENT;
    }

    /** TD0.3 SUPPRESSION: by whom it concerns or by who declared it. */
    static Rule endingAsProfessional(Caller caller, ConsentFacts consent) {
        Optional<String> self = Optional.of(caller.subject());
        boolean own = consent.concerned().equals(self) || consent.declaredBy().equals(self);
        return DECLARED_BY_PROFESSIONALS.contains(consent.kind()) && own ? Rule.R42_ENDED : Rule.R42_NOT_AUTHOR;
    }

    /** R91: what he declared, and what opens something to him; a block or an opposition is told by its effect alone. */
    static boolean concerns(Caller caller, ConsentFacts consent) {
        Optional<String> self = Optional.of(caller.subject());
        boolean opens = consent.kind().concerns() == Concerns.PROFESSIONAL
                && consent.kind().permits()
                && consent.concerned().equals(self);
        return opens || consent.declaredBy().equals(self);
    }

    /**
     * The holder authorises, blocks, masks and opposes as he likes (R91): his reason matters for deposits alone (R48, R49). The
     * treating physician is not blocked (R46).
     */
    static Rule creatingAsHolder(PatientFacts patient, ConsentFacts consent) {
        if (isIncomplete(consent)) {
            return Rule.R37_INCOMPLETE_DECLARATION;
        }
        boolean blocksTreating = consent.kind() == Kind.BLOCK
                && consent.concerned().filter(patient::isTreatedBy).isPresent();
        return blocksTreating ? Rule.R46_TREATING_PHYSICIAN : Rule.R91_HOLDER_CHOICE;
    }

    /** R63: a representative agrees, or no longer agrees, for the resident; all other choices are the holder's own. */
    static Rule asRepresentative(ConsentFacts consent) {
        if (consent.kind() != Kind.NURSING_HOME) {
            return Rule.R91_HOLDER_ONLY;
        }
        return isIncomplete(consent) ? Rule.R37_INCOMPLETE_DECLARATION : Rule.R63_AGREEMENT;
    }

    private static boolean isIncomplete(ConsentFacts consent) {
        return consent.kind().concerns() != Concerns.NOBODY
                && consent.concerned().isEmpty();
    }
}

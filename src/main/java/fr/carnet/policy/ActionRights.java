package fr.carnet.policy;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;

/** Step 11 for professionals and machines: who may change a document, and from what to what (R112–R116, R126–R131). */
record ActionRights(Visibilities visibilities) {

    /** The rule that allows the change, or the one that refuses it. */
    Rule verdict(AccessRequest request, PatientFacts patient, DocumentFacts document) {
        Caller caller = request.caller();
        boolean author = Authorship.isAuthor(caller, document);
        boolean authorOrTreating = author || Visibilities.hasTreatingRights(caller, patient);
        return switch (request.action()) {
            case REPLACE -> replacing(author, document);
            case DELETE, ARCHIVE -> author ? Rule.R127_AUTHOR : Rule.R127_NOT_AUTHOR;
            case MASK -> authorOrTreating ? masking(request, document) : Rule.R131_NOT_AUTHOR;
            case UNMASK -> authorOrTreating ? unmasking(document) : Rule.R131_NOT_AUTHOR;
            case SHOW_TO_HOLDER ->
                author || isHealthProfessional(caller) ? Rule.R112_ANNOUNCEMENT : Rule.R112_NOT_AUTHOR;
            case SHOW_TO_REPRESENTATIVES -> authorOrTreating ? Rule.R115_SHOWN : Rule.R115_NOT_AUTHOR;
            case HIDE_FROM_HOLDER -> Rule.R116_TRANSITION_REFUSED;
            case HIDE_FROM_REPRESENTATIVES -> Rule.R115_TRANSITION_REFUSED;
            default -> throw new IllegalArgumentException("changes no document");
        };
    }

    /** R126, R127: the author replaces, and only the current version. */
    static Rule replacing(boolean author, DocumentFacts document) {
        if (!author) {
            return Rule.R127_NOT_AUTHOR;
        }
        return document.current() ? Rule.R127_AUTHOR : Rule.R126_TRANSITION_REFUSED;
    }

    private Rule masking(AccessRequest request, DocumentFacts document) {
        return visibilities
                .together(true, visibilities.isHiddenFromHolder(document, request.now()))
                .orElse(Rule.R131_AT_REQUEST);
    }

    /** R131: what the holder masked himself, only he unmasks. */
    private static Rule unmasking(DocumentFacts document) {
        return document.maskedByHolder() ? Rule.R131_MASKED_BY_HOLDER : Rule.R131_AT_REQUEST;
    }

    private static boolean isHealthProfessional(Caller caller) {
        return caller.isProfessional()
                && caller.role().filter(ActorCode::isHealthProfessional).isPresent();
    }
}

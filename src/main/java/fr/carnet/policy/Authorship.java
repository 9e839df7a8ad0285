package fr.carnet.policy;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.Optional;

/** Who is the author of a document in the sense of R127: its authenticated depositor, not whoever a sender names. */
final class Authorship {

    private static final ActorCode AUTOMATE = new ActorCode("A00:AUTOMATE");

    private Authorship() {}

    /**
     * Of professionals and machines: true for the depositor himself, for a professional named as author whose structure
     * deposited, and for an automate of that structure.
     */
    static boolean isAuthor(Caller caller, DocumentFacts document) {
        DocumentFacts.Depositor depositor = document.depositor();
        boolean sameStructure =
                caller.structure().isPresent() && caller.structure().equals(depositor.structure());
        return switch (caller.kind()) {
            case PROFESSIONAL ->
                depositor.subject().equals(caller.subject())
                        || (sameStructure && document.authors().contains(caller.subject()));
            case SYSTEM ->
                depositor.subject().equals(caller.subject())
                        || (sameStructure && caller.role().equals(Optional.of(AUTOMATE)));
            case HOLDER, REPRESENTATIVE, OPERATOR, AUDITOR -> false;
        };
    }

    /** R9, R136: of a holder, what he deposited under any of his matricules. */
    static boolean isHoldersOwn(AccessRequest request, DocumentFacts document) {
        return request.caller().kind() == CallerKind.HOLDER
                && isHoldersDocument(document)
                && request.patient()
                        .filter(patient -> patient.isHolder(document.depositor().subject()))
                        .isPresent();
    }

    private static boolean isHoldersDocument(DocumentFacts document) {
        return document.depositor().role().equals(Optional.of(ActorCode.HOLDER));
    }
}

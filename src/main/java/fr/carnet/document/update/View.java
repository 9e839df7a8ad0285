package fr.carnet.document.update;

import fr.carnet.document.Deposit;
import fr.carnet.document.Registry;
import fr.carnet.document.RegistryPage;
import fr.carnet.policy.Judgement;
import java.util.Optional;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/**
 * A document as the caller reads it. A patch is applied to that and not to what is stored, so that whether it fits tells
 * nothing of the documents that are hidden from him.
 */
@Component
class View {

    private static final String DOCUMENT = "DocumentReference";

    private final Registry registry;

    View(Registry registry) {
        this.registry = registry;
    }

    /** A copy of the stored document. */
    DocumentReference of(DocumentReference stored, Judgement judgement) {
        DocumentReference shown = stored.copy();
        Deposit.strip(shown);
        shown.getRelatesTo().removeIf(relation -> isHidden(relation.getTarget(), judgement));
        shown.getContext().getRelated().removeIf(related -> isHidden(related, judgement));
        return shown;
    }

    private boolean isHidden(Reference target, Judgement judgement) {
        return DOCUMENT.equals(target.getReferenceElement().getResourceType())
                && !isOpen(target.getReferenceElement().getIdPart(), judgement);
    }

    /** True if the caller may read the document. */
    boolean isOpen(String document, Judgement judgement) {
        return answer(document, judgement).isPresent();
    }

    /** The document as it is to be answered; empty if the caller may not read it. */
    Optional<RegistryPage> answer(String document, Judgement judgement) {
        return judgement
                .patient()
                .flatMap(patient -> registry.find(DOCUMENT, document, patient.id(), judgement.keys()));
    }
}

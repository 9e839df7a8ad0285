package fr.carnet.document.update;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.Deposit;
import fr.carnet.document.DocumentResources;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Visibility;
import org.hl7.fhir.r4.model.DocumentReference;
import org.springframework.stereotype.Component;

/**
 * Sets and lifts visibility labels.
 *
 * <p>A new version is shown to nobody from whom the old one is hidden (R125): what is hidden is hidden in all later
 * versions too, so that it makes no difference whether a label comes before or after a replacement that it did not know
 * of. A label is lifted from one version only.
 */
@Component
class Labelling {

    private final StoredVersions stored;
    private final Versions versions;
    private final View view;

    Labelling(StoredVersions stored, Versions versions, View view) {
        this.stored = stored;
        this.versions = versions;
        this.view = view;
    }

    /** Sets a label on a locked document and on its later versions; the resource version after it. */
    long add(DocumentReference document, Visibility label, RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        set(document, label, judgement);
        long version = stored.store(document, request);
        // a later version that is hidden from the caller stays what it is, and he is not told of it
        versions.lockAfter(document.getIdElement().getIdPart()).stream()
                .filter(later -> view.isOpen(later, judgement))
                .forEach(later -> {
                    DocumentReference newer = stored.document(later);
                    set(newer, label, judgement);
                    stored.store(newer, request);
                });
        return version;
    }

    /** Takes a label away from a locked document; the resource version after it. */
    long remove(DocumentReference document, Visibility label, RequestDetails request) {
        DocumentResources.removeLabel(document, label);
        mark(document, label, false);
        return stored.store(document, request);
    }

    private static void set(DocumentReference document, Visibility label, Judgement judgement) {
        DocumentResources.addLabel(document, label);
        mark(document, label, judgement.caller().kind().isHoldersSide());
    }

    /** R131: what the holder masked, or his representative for him, no professional unmasks. */
    private static void mark(DocumentReference document, Visibility label, boolean byHolder) {
        if (label == Visibility.MASQUE_PS) {
            Deposit deposit = Deposit.of(document);
            new Deposit(deposit.depositor(), deposit.at(), byHolder).writeTo(document);
        }
    }
}

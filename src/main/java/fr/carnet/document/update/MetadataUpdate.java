package fr.carnet.document.update;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import fr.carnet.document.Deposit;
import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Visibility;
import java.util.Optional;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies a patch under the lock of the document's row, so that two updates do not lose each other's labels. */
@Component
class MetadataUpdate {

    private final DaoRegistry daos;
    private final Registry registry;
    private final TransactionTemplate transaction;
    private final FhirContext fhir;

    MetadataUpdate(DaoRegistry daos, Registry registry, TransactionTemplate transaction, FhirContext fhir) {
        this.daos = daos;
        this.registry = registry;
        this.transaction = transaction;
        this.fhir = fhir;
    }

    /**
     * What was done.
     *
     * @param effect the one change
     * @param version after it
     * @param dmpForm the patch replaced the first label, and was read as setting or lifting the mask
     */
    record Done(Effect effect, long version, boolean dmpForm) {}

    /**
     * Applies a patch.
     *
     * @param expected version of {@code If-Match}
     * @throws Fault 404, 405, 412 or 422
     */
    Done apply(String id, Optional<String> expected, Patch patch, RequestDetails request) {
        return transaction.execute(status -> {
            DocumentFacts facts =
                    registry.lock(id).filter(f -> !f.deleted()).orElseThrow(() -> Fault.of(404, "not-found"));
            DocumentReference stored = read(id);
            if (expected.isPresent()
                    && !expected.get().equals(stored.getIdElement().getVersionIdPart())) {
                throw Fault.of(412, "version-mismatch");
            }
            DocumentReference shown = stored.copy();
            Deposit.strip(shown);
            var reading = new PatchReading(shown, patch.applyTo(shown, fhir), patch.replacesFirstLabel(shown, fhir));
            Effect effect = reading.effect();
            if (effect instanceof Effect.Deleted && !facts.current()) {
                throw Fault.of(422, "deletion-superseded");
            }
            change(stored, effect, Judgement.of(request.getUserData()));
            IdType updated = (IdType) dao().update(stored, request).getId();
            if (effect instanceof Effect.Deleted) {
                deletePredecessors(stored, request);
            }
            return new Done(effect, updated.getVersionIdPartAsLong(), reading.isDmpForm());
        });
    }

    private static void change(DocumentReference document, Effect effect, Judgement judgement) {
        if (effect instanceof Effect.LabelAdded added) {
            DocumentResources.addLabel(document, added.label());
            mark(document, added.label(), judgement.caller().kind().isHoldersSide());
        } else if (effect instanceof Effect.LabelRemoved removed) {
            DocumentResources.removeLabel(document, removed.label());
            mark(document, removed.label(), false);
        } else if (effect instanceof Effect.Archived archived) {
            DocumentResources.archive(document, archived.archived());
        } else if (effect instanceof Effect.Deleted) {
            DocumentResources.delete(document);
        }
    }

    /** R131: what the holder masked, or his representative for him, no professional unmasks. */
    private static void mark(DocumentReference document, Visibility label, boolean byHolder) {
        if (label == Visibility.MASQUE_PS) {
            Deposit deposit = Deposit.of(document);
            new Deposit(deposit.depositor(), deposit.at(), byHolder).writeTo(document);
        }
    }

    /** With a document go the versions that it replaced, directly or not. */
    private void deletePredecessors(DocumentReference document, RequestDetails request) {
        document.getRelatesTo().stream()
                .filter(r -> r.getCode() == DocumentRelationshipType.REPLACES)
                .map(r -> r.getTarget().getReferenceElement().getIdPart())
                .filter(id -> registry.lock(id).filter(f -> !f.deleted()).isPresent())
                .forEach(id -> {
                    DocumentReference predecessor = read(id);
                    DocumentResources.delete(predecessor);
                    dao().update(predecessor, request);
                    deletePredecessors(predecessor, request);
                });
    }

    private DocumentReference read(String id) {
        return dao().read(new IdType("DocumentReference", id), new SystemRequestDetails())
                .copy();
    }

    private IFhirResourceDao<DocumentReference> dao() {
        return daos.getResourceDao(DocumentReference.class);
    }
}

package fr.carnet.document.update;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.DocumentResources;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault;
import java.util.Optional;
import org.hl7.fhir.r4.model.DocumentReference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies a patch under the lock of the document's row, so that two updates do not lose each other's labels. */
@Component
class MetadataUpdate {

    private final StoredVersions stored;
    private final Versions versions;
    private final View view;
    private final Labelling labelling;
    private final Deletion deletion;
    private final TransactionTemplate transaction;
    private final FhirContext fhir;

    MetadataUpdate(
            StoredVersions stored,
            Versions versions,
            View view,
            Labelling labelling,
            Deletion deletion,
            TransactionTemplate transaction,
            FhirContext fhir) {
        this.stored = stored;
        this.versions = versions;
        this.view = view;
        this.labelling = labelling;
        this.deletion = deletion;
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
     * @param expected what {@code If-Match} says
     * @throws Fault 400, 404, 405, 412, 413 or 422
     */
    Done apply(String id, Optional<ExpectedVersion> expected, Patch patch, RequestDetails request) {
        patch.requireShape();
        return transaction.execute(status -> {
            DocumentFacts facts =
                    versions.lock(id).filter(f -> !f.deleted()).orElseThrow(() -> Fault.of(404, "not-found"));
            DocumentReference document = stored.document(id);
            expected.ifPresent(version -> version.require(document));
            DocumentReference shown = view.of(document, Judgement.of(request.getUserData()));
            var reading = new PatchReading(shown, patch.applyTo(shown, fhir), patch.replacesFirstLabel(shown, fhir));
            Effect effect = reading.effect();
            if (effect instanceof Effect.Deleted && !facts.current()) {
                throw Fault.of(422, "deletion-superseded");
            }
            return new Done(effect, change(document, effect, request), reading.isDmpForm());
        });
    }

    /** Makes the change; the version after it. */
    private long change(DocumentReference document, Effect effect, RequestDetails request) {
        if (effect instanceof Effect.Deleted) {
            return deletion.delete(document, request);
        }
        if (effect instanceof Effect.LabelAdded added) {
            return labelling.add(document, added.label(), request);
        }
        if (effect instanceof Effect.LabelRemoved removed) {
            return labelling.remove(document, removed.label(), request);
        }
        if (effect instanceof Effect.Archived archived) {
            DocumentResources.archive(document, archived.archived());
        }
        return stored.store(document, request);
    }
}

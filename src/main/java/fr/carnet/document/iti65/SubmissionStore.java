package fr.carnet.document.iti65;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import fr.carnet.document.ContentStore;
import fr.carnet.document.Deposit;
import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.document.iti65.PreparedDocument.Replaced;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.Policy;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Visibility;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Stores the resources of a submission; always inside the provider's transaction. */
@Component
class SubmissionStore {

    private final DaoRegistry daos;
    private final ContentStore contents;
    private final Registry registry;
    private final EarlierDocuments earlier;
    private final StoredFolders folders;
    private final Policy policy;

    SubmissionStore(
            DaoRegistry daos,
            ContentStore contents,
            Registry registry,
            EarlierDocuments earlier,
            StoredFolders folders,
            Policy policy) {
        this.daos = daos;
        this.folders = folders;
        this.contents = contents;
        this.registry = registry;
        this.earlier = earlier;
        this.policy = policy;
    }

    /** Stores everything; returns the location of each entry. */
    Map<Integer, IdType> store(PreparedSubmission prepared, RequestDetails request) {
        prepared.touched().forEach(registry::lock);
        earlier.lock(
                prepared.patient(),
                prepared.documents().stream().map(PreparedDocument::resource).toList());
        Map<Integer, IdType> locations = new HashMap<>();
        Map<String, IdType> byFullUrl = new HashMap<>();
        for (PreparedDocument document : prepared.targetsFirst()) {
            document.resolve(byFullUrl);
            earlier.refuseUnchanged(document.resource());
            document.replaces().ifPresent(r -> locations.putAll(supersede(prepared, document, r, request)));
            contents.put(
                    document.content(),
                    document.resource().getContentFirstRep().getAttachment().getContentType(),
                    document.binary().getData());
            IdType stored = create(DocumentReference.class, document.resource(), request);
            locations.put(document.entry(), stored);
            locations.put(document.binaryEntry(), document.location());
            byFullUrl.put(document.fullUrl(), stored);
        }
        var submission = prepared.submission();
        for (PreparedFolder folder : prepared.folders()) {
            complete(folder.submitted().list(), prepared, byFullUrl);
            IdType stored = folder.stored().isPresent()
                    ? folders.update(folder, request)
                    : folders.create(folder.submitted().list(), request);
            locations.put(folder.submitted().index(), stored);
            byFullUrl.put(folder.submitted().fullUrl(), stored);
        }
        complete(submission.set(), prepared, byFullUrl);
        locations.put(submission.setIndex(), create(ListResource.class, submission.set(), request));
        return locations;
    }

    private static void complete(ListResource list, PreparedSubmission prepared, Map<String, IdType> byFullUrl) {
        Intake.clean(list);
        list.setSubject(new Reference("Patient/" + prepared.patient()));
        list.getEntry().forEach(entry -> {
            IdType stored = byFullUrl.get(entry.getItem().getReference());
            if (stored != null) {
                entry.setItem(new Reference(stored.toUnqualifiedVersionless()));
            }
        });
        if (!list.hasDate()) {
            // as precise as it is written, or the row would differ from the resource
            list.setDate(Date.from(prepared.deposit().at().truncatedTo(ChronoUnit.SECONDS)));
        }
        prepared.deposit().writeTo(list);
    }

    /** R125, R126: the old version becomes superseded; the new one inherits the labels and the archive. */
    private Map<Integer, IdType> supersede(
            PreparedSubmission prepared, PreparedDocument document, Replaced replaced, RequestDetails request) {
        DocumentFacts facts = registry.lock(replaced.id())
                .filter(f -> !f.deleted())
                .orElseThrow(() -> Rule.R125_REPLACE_FAILED.refusal());
        if (!facts.current()) {
            throw Rule.R126_TRANSITION_REFUSED.refusal();
        }
        inherit(facts, document.resource());
        DocumentReference old = dao(DocumentReference.class)
                .read(new IdType("DocumentReference", replaced.id()), new SystemRequestDetails())
                .copy();
        requireOwnIdentifiers(old, document.resource());
        old.setStatus(DocumentReferenceStatus.SUPERSEDED);
        var updated = (DocumentReference)
                dao(DocumentReference.class).update(old, request).getResource();
        Map<Integer, IdType> locations = new HashMap<>();
        prepared.submission().supersessions().stream()
                .filter(s -> s.documentId().equals(replaced.id()))
                .forEach(s -> locations.put(s.index(), updated.getIdElement()));
        return locations;
    }

    /** R132: each version has its own; that the uniqueId is another is a matter of R124. */
    private static void requireOwnIdentifiers(DocumentReference old, DocumentReference fresh) {
        boolean reused = fresh.getIdentifier().stream().anyMatch(identifier -> old.getIdentifier().stream()
                .filter(Identifier::hasValue)
                .anyMatch(known -> known.getValue().equals(identifier.getValue())
                        && Objects.equals(known.getSystem(), identifier.getSystem())));
        if (reused) {
            throw Rule.R132_IDENTIFIER_REUSED.refusal();
        }
    }

    /**
     * R125: a new version is never shown to whom the old one is hidden from, whatever it says or leaves unsaid: labels are
     * lifted by those who may, by a change of their own. What delays of an announcement have run go on running (R114).
     */
    private void inherit(DocumentFacts old, DocumentReference fresh) {
        Deposit deposit = Deposit.of(fresh);
        boolean awaited = policy.announcement(old, deposit.at()).hides();
        for (Visibility label : old.visibility()) {
            if (label != Visibility.INVISIBLE_PATIENT || awaited) {
                DocumentResources.addLabel(fresh, label);
            }
        }
        boolean maskedByHolder = deposit.maskedByHolder() || (old.maskedByHolder() && old.is(Visibility.MASQUE_PS));
        new Deposit(deposit.depositor(), awaited ? old.depositedAt() : deposit.at(), maskedByHolder).writeTo(fresh);
        if (old.archived()) {
            DocumentResources.archive(fresh, true);
        }
    }

    private <T extends org.hl7.fhir.r4.model.Resource> IdType create(
            Class<T> type, T resource, RequestDetails request) {
        return (IdType) dao(type).create(resource, request).getId();
    }

    private <T extends org.hl7.fhir.r4.model.Resource> IFhirResourceDao<T> dao(Class<T> type) {
        return daos.getResourceDao(type);
    }
}

package fr.carnet.document;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;

/** The documents that are hidden from their holder until they are announced, and the end of their hiding (R111–R114). */
public final class HiddenDocuments {

    private final Registry registry;
    private final DaoRegistry daos;

    HiddenDocuments(Registry registry, DaoRegistry daos) {
        this.registry = registry;
        this.daos = daos;
    }

    /** Facts by id of those that were deposited before an instant, the oldest first; deleted ones are left out. */
    public Map<String, DocumentFacts> depositedBefore(Instant instant) {
        return registry.hiddenFromHolder(instant);
    }

    /**
     * Takes the label away, within the transaction of the caller; row, keys and lots follow.
     *
     * @param due asked again once the document is locked: somebody may have shown or deleted it
     * @param request under which the new version is stored
     * @return facts before and version after; empty if there was nothing to do
     */
    public Optional<Shown> show(String id, Predicate<DocumentFacts> due, RequestDetails request) {
        return registry.lock(id).filter(facts -> !facts.deleted()).filter(due).map(facts -> {
            var dao = daos.getResourceDao(DocumentReference.class);
            DocumentReference document =
                    dao.read(new IdType("DocumentReference", id), request).copy();
            DocumentResources.removeLabel(document, Visibility.INVISIBLE_PATIENT);
            return new Shown(facts, dao.update(document, request).getId().getVersionIdPartAsLong());
        });
    }

    /**
     * A document that the holder sees from now on.
     *
     * @param before its facts until now
     * @param version of the resource after
     */
    public record Shown(DocumentFacts before, long version) {}
}

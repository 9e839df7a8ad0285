package fr.carnet.document.update;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.policy.Judgement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ListResource;
import org.springframework.stereotype.Component;

/**
 * Deletes a document logically (R128): with it go the versions that it replaced, directly or not, and the entries of lots
 * and folders that list one of them; a folder is dated anew (PDSm).
 */
@Component
class Deletion {

    private final StoredVersions stored;
    private final Versions versions;
    private final Registry registry;

    Deletion(StoredVersions stored, Versions versions, Registry registry) {
        this.stored = stored;
        this.versions = versions;
        this.registry = registry;
    }

    /** Deletes the latest version, locked with all that it replaced; the resource version after it. */
    long delete(DocumentReference latest, RequestDetails request) {
        String id = latest.getIdElement().getIdPart();
        DocumentResources.delete(latest);
        long version = stored.store(latest, request);
        List<String> before = versions.before(id);
        before.stream()
                .map(stored::document)
                .filter(d -> !DocumentResources.isDeleted(d))
                .forEach(predecessor -> {
                    DocumentResources.delete(predecessor);
                    stored.store(predecessor, request);
                });
        unlist(Stream.concat(Stream.of(id), before.stream()).toList(), request);
        return version;
    }

    private void unlist(List<String> documents, RequestDetails request) {
        // as the date is written: the row must equal what is read back
        Instant now = Judgement.of(request.getUserData()).now().truncatedTo(ChronoUnit.SECONDS);
        var lists = new TreeSet<String>();
        documents.forEach(document -> lists.addAll(registry.lockLists(document)));
        for (String id : lists) {
            ListResource list = stored.list(id);
            DocumentResources.unlist(list, documents);
            if (DocumentResources.isFolder(list)) {
                list.setDate(Date.from(now));
            }
            stored.store(list, request);
        }
    }
}

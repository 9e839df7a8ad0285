package fr.carnet.document.iti65;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import fr.carnet.document.Deposit;
import fr.carnet.document.DocumentResources;
import fr.carnet.document.Registry;
import fr.carnet.shared.CodeSystems;
import fr.carnet.shared.Fault;
import fr.carnet.validation.Submission.Update;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Folders: made, and given new versions by who made them. */
@Component
class StoredFolders {

    private final DaoRegistry daos;
    private final Registry registry;

    StoredFolders(DaoRegistry daos, Registry registry) {
        this.daos = daos;
        this.registry = registry;
    }

    /** The folder that an entry updates, whoever asks: for the judge. */
    Optional<ListResource> find(Update update) {
        return registry.folder(update.id(), update.uniqueId()).map(this::read);
    }

    /** Stores a new folder; its entryUUID is the server's to give (pdsm-folder-comprehensive). */
    IdType create(ListResource folder, RequestDetails request) {
        boolean named = folder.getIdentifier().stream().anyMatch(StoredFolders::isEntryUuid);
        if (!named) {
            folder.addIdentifier(new Identifier()
                    .setUse(IdentifierUse.OFFICIAL)
                    .setType(new CodeableConcept(new Coding(CodeSystems.MHD_IDENTIFIER_TYPE, "entryUUID", null)))
                    .setSystem(CodeSystems.URI)
                    .setValue("urn:uuid:" + UUID.randomUUID()));
        }
        return (IdType) dao().create(folder, request).getId();
    }

    /**
     * Stores a new version: still of its depositor, under its own identifiers, and with the documents that its sender does
     * not know of.
     *
     * @throws Fault 409 if somebody changed the folder since it was judged
     */
    IdType update(PreparedFolder folder, RequestDetails request) {
        ListResource old = folder.stored().orElseThrow();
        String id = old.getIdElement().getIdPart();
        long judged = old.getIdElement().getVersionIdPartAsLong();
        if (registry.lockFolder(id).filter(version -> version == judged).isEmpty()) {
            throw Fault.of(409, "conflict");
        }
        ListResource fresh = folder.submitted().list();
        fresh.setId(new IdType("List", id));
        fresh.setIdentifier(old.getIdentifier());
        List<String> listed = DocumentResources.entries(fresh);
        folder.kept().stream().filter(document -> !listed.contains(document)).forEach(document -> fresh.addEntry()
                .setItem(new Reference("DocumentReference/" + document)));
        Deposit.of(old).writeTo(fresh);
        return (IdType) dao().update(fresh, request).getId();
    }

    private static boolean isEntryUuid(Identifier identifier) {
        return identifier.getUse() == IdentifierUse.OFFICIAL
                || identifier.getType().hasCoding(CodeSystems.MHD_IDENTIFIER_TYPE, "entryUUID");
    }

    private ListResource read(String id) {
        return dao().read(new IdType("List", id), new SystemRequestDetails()).copy();
    }

    private IFhirResourceDao<ListResource> dao() {
        return daos.getResourceDao(ListResource.class);
    }
}

package fr.carnet.document.update;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Documents, and the lists that name them, in the store: read to be changed, and written; always in a transaction. */
@Component
class StoredVersions {

    private final DaoRegistry daos;

    StoredVersions(DaoRegistry daos) {
        this.daos = daos;
    }

    DocumentReference document(String id) {
        return read(DocumentReference.class, id).copy();
    }

    ListResource list(String id) {
        return read(ListResource.class, id).copy();
    }

    /** Stores a document; its version. */
    long store(DocumentReference document, RequestDetails request) {
        return dao(DocumentReference.class).update(document, request).getId().getVersionIdPartAsLong();
    }

    void store(ListResource list, RequestDetails request) {
        dao(ListResource.class).update(list, request);
    }

    private <T extends Resource> T read(Class<T> type, String id) {
        return dao(type).read(new IdType(id), new SystemRequestDetails());
    }

    private <T extends Resource> IFhirResourceDao<T> dao(Class<T> type) {
        return daos.getResourceDao(type);
    }
}

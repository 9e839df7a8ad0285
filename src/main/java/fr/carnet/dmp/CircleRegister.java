package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the people around a patient. */
@Component
class CircleRegister {

    private final DaoRegistry daos;
    private final TransactionTemplate transaction;

    CircleRegister(DaoRegistry daos, TransactionTemplate transaction) {
        this.daos = daos;
        this.transaction = transaction;
    }

    @SuppressWarnings("unchecked")
    <T extends DomainResource> T create(T resource, RequestDetails request) {
        var dao = daos.getResourceDao((Class<T>) resource.getClass());
        return transaction.execute(status -> (T) dao.create(resource, request).getResource());
    }

    /** Stores a new version, unless somebody else was faster than the version in its id. */
    @SuppressWarnings("unchecked")
    <T extends DomainResource> T update(T resource, RequestDetails request) {
        var dao = daos.getResourceDao((Class<T>) resource.getClass());
        return transaction.execute(status -> (T) dao.update(resource, request).getResource());
    }

    /** {@code If-Match}, where it was sent. */
    static void requireVersion(IdType asked, DomainResource stored) {
        if (asked.hasVersionIdPart()
                && !asked.getVersionIdPart().equals(stored.getIdElement().getVersionIdPart())) {
            throw new ResourceVersionConflictException("the resource has another version by now");
        }
    }
}

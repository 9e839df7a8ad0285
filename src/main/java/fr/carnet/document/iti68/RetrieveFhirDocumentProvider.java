package fr.carnet.document.iti68;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** ITI-68 of a FHIR document: a content like any other, found by its DocumentReference, sent by {@link ContentWriter}. */
@Component
public class RetrieveFhirDocumentProvider implements IResourceProvider {

    private final RegistryReading reading;

    RetrieveFhirDocumentProvider(RegistryReading reading) {
        this.reading = reading;
    }

    @Override
    public Class<Bundle> getResourceType() {
        return Bundle.class;
    }

    /** A FHIR document by id. */
    @Read
    public Bundle read(@IdParam IdType id, RequestDetails request) {
        reading.readByContent(id.getIdPart(), request);
        ContentWriter.leave(id.getIdPart(), request);
        var hollow = new Bundle();
        hollow.setId(id.toUnqualifiedVersionless());
        return hollow;
    }
}

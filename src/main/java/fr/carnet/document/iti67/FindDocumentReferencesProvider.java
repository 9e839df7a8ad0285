package fr.carnet.document.iti67;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** Serves document metadata from the registry; the writer sends what is left with the request. */
@Component
public class FindDocumentReferencesProvider implements IResourceProvider {

    private final RegistryReading reading;

    FindDocumentReferencesProvider(RegistryReading reading) {
        this.reading = reading;
    }

    @Override
    public Class<DocumentReference> getResourceType() {
        return DocumentReference.class;
    }

    /** ITI-67, by GET or by form. */
    @Search(allowUnknownParams = true)
    public IBundleProvider find(RequestDetails request) {
        return reading.search("DocumentReference", request);
    }

    /** One by id. */
    @Read
    public DocumentReference read(@IdParam IdType id, RequestDetails request) {
        var hollow = new DocumentReference();
        hollow.setId(reading.read(id, request));
        return hollow;
    }
}

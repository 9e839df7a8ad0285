package fr.carnet.document.iti66;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.springframework.stereotype.Component;

/** Serves lots and folders from the registry; the writer sends what is left with the request. */
@Component
public class FindDocumentListsProvider implements IResourceProvider {

    private final RegistryReading reading;

    FindDocumentListsProvider(RegistryReading reading) {
        this.reading = reading;
    }

    @Override
    public Class<ListResource> getResourceType() {
        return ListResource.class;
    }

    /** ITI-66, by GET or by form. */
    @Search(allowUnknownParams = true)
    public IBundleProvider find(RequestDetails request) {
        return reading.search("List", request);
    }

    /** One by id. */
    @Read
    public ListResource read(@IdParam IdType id, RequestDetails request) {
        var hollow = new ListResource();
        hollow.setId(reading.read(id, request));
        return hollow;
    }
}

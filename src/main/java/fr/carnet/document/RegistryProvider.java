package fr.carnet.document;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Serves resources from the registry: HAPI gets hollow ones, and the writer sends the rows that are left with the request.
 *
 * @param <T> DocumentReference or List
 */
public abstract class RegistryProvider<T extends Resource> implements IResourceProvider {

    private final RegistryReading reading;
    private final Class<T> type;
    private final Supplier<T> hollow;

    /**
     * For one type.
     *
     * @param reading reads the registry
     * @param type FHIR type that is served
     * @param hollow makes an empty resource of it
     */
    protected RegistryProvider(RegistryReading reading, Class<T> type, Supplier<T> hollow) {
        this.reading = reading;
        this.type = type;
        this.hollow = hollow;
    }

    @Override
    public Class<T> getResourceType() {
        return type;
    }

    /** Search, by GET or by form. */
    @Search(allowUnknownParams = true)
    public IBundleProvider find(RequestDetails request) {
        return reading.search(request);
    }

    /** One by id. */
    @Read
    public T read(@IdParam IdType id, RequestDetails request) {
        T resource = hollow.get();
        resource.setId(reading.read(id, request));
        return resource;
    }
}

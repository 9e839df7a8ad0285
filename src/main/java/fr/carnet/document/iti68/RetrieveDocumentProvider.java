package fr.carnet.document.iti68;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** ITI-68: finds the document of the content; {@link ContentWriter} sends the bytes once sieve and notary have passed. */
@Component
public class RetrieveDocumentProvider implements IResourceProvider {

    private final RegistryReading reading;

    RetrieveDocumentProvider(RegistryReading reading) {
        this.reading = reading;
    }

    @Override
    public Class<Binary> getResourceType() {
        return Binary.class;
    }

    /** A content by id. */
    @Read
    public Binary read(@IdParam IdType id, RequestDetails request) {
        reading.readByContent(id.getIdPart(), request);
        ContentWriter.leave(id.getIdPart(), request);
        var hollow = new Binary();
        hollow.setId(id.toUnqualifiedVersionless());
        return hollow;
    }
}

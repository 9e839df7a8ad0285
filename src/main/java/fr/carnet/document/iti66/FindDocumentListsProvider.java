package fr.carnet.document.iti66;

import fr.carnet.document.RegistryProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.ListResource;
import org.springframework.stereotype.Component;

/** Serves lots and folders. */
@Component
public class FindDocumentListsProvider extends RegistryProvider<ListResource> {

    FindDocumentListsProvider(RegistryReading reading) {
        super(reading, ListResource.class, ListResource::new);
    }
}

package fr.carnet.document.iti67;

import fr.carnet.document.RegistryProvider;
import fr.carnet.document.RegistryReading;
import org.hl7.fhir.r4.model.DocumentReference;
import org.springframework.stereotype.Component;

/** Serves document metadata. */
@Component
public class FindDocumentReferencesProvider extends RegistryProvider<DocumentReference> {

    FindDocumentReferencesProvider(RegistryReading reading) {
        super(reading, DocumentReference.class, DocumentReference::new);
    }
}

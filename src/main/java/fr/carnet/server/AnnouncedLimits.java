package fr.carnet.server;

import fr.carnet.caller.DoorSettings;
import fr.carnet.document.DocumentLimits;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;

/** Tells in the CapabilityStatement how much is taken at once: FHIR has no element for it but the documentation. */
final class AnnouncedLimits {

    private final String told;

    AnnouncedLimits(DocumentLimits documents, DoorSettings.Limits door) {
        told = "Limites : %d octets par document, %d entrées par lot, %d octets par requête, corps non compressé."
                .formatted(
                        documents.maxSize().toBytes(),
                        documents.maxEntries(),
                        door.maxBody().toBytes());
    }

    /** Adds them to the documentation. */
    void tell(CapabilityStatement statement) {
        statement
                .getRest()
                .forEach(rest -> rest.setDocumentation(Stream.of(rest.getDocumentation(), told)
                        .filter(text -> text != null)
                        .collect(Collectors.joining("\n\n"))));
    }
}

package fr.carnet.server.flow;

import fr.carnet.server.cli.client.UniqueId;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Reference;

/** Folders that come with a lot. */
final class Folders {

    private Folders() {}

    /** Adds a folder of the lot's first document, and of stored ones, as the last entry. */
    static void add(Bundle bundle, String... stored) {
        ListResource folder = Scene.set(bundle).copy();
        folder.getMeta()
                .getProfile()
                .forEach(p -> p.setValue(p.getValue().replace("pdsm-submissionset-", "pdsm-folder-")));
        folder.getContained().clear();
        folder.setSource(null);
        folder.getExtension().removeIf(e -> e.getUrl().endsWith("ihe-sourceId"));
        folder.getIdentifierFirstRep().setValue(UniqueId.random().urn());
        folder.getCode().getCodingFirstRep().setCode("folder");
        folder.setTitle("Suivi");
        folder.getEntry().subList(1, folder.getEntry().size()).clear();
        List.of(stored).forEach(item -> folder.addEntry().setItem(new Reference(item)));
        String url = "urn:uuid:" + UUID.randomUUID();
        bundle.addEntry()
                .setFullUrl(url)
                .setResource(folder)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("List");
        Scene.set(bundle).addEntry().setItem(new Reference(url));
    }
}

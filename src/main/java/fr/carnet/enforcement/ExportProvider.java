package fr.carnet.enforcement;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.dmp.DeclaredChoices;
import fr.carnet.document.Registry;
import fr.carnet.messaging.Communications;
import fr.carnet.policy.Judgement;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/** The {@link ExportOperation}s: gathers what is to be sent, for the sieves; {@link ExportWriter} sends it. */
final class ExportProvider implements IResourceProvider {

    private final Registry registry;
    private final DeclaredChoices choices;
    private final Communications communications;

    ExportProvider(Registry registry, DeclaredChoices choices, Communications communications) {
        this.registry = registry;
        this.choices = choices;
        this.communications = communications;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** R94. */
    @Operation(name = "$export-traces")
    public Parameters exportTraces(RequestDetails request) {
        Judgement.of(request.getUserData());
        return new Parameters();
    }

    /** R91. */
    @Operation(name = "$export-record")
    public Bundle exportRecord(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        registry.everything(judgement.patient().orElseThrow().id(), judgement.keys())
                .storeIn(request.getUserData());
        var collection = new Bundle().setType(Bundle.BundleType.COLLECTION);
        choices.of(judgement).forEach(resource -> collection.addEntry().setResource(resource));
        communications
                .addressedTo(judgement)
                .forEach(told -> collection.addEntry().setResource(told));
        return collection;
    }
}

package fr.carnet.enforcement;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.dmp.PatientRecords;
import fr.carnet.policy.AccessRequest;
import fr.carnet.policy.ActorLabels;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.Texts;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/** The {@link ExplanationOperation}s. What is asked comes in the body; the judge has read it. */
abstract class ExplanationProvider implements IResourceProvider {

    final Policy policy;

    private ExplanationProvider(Policy policy) {
        this.policy = policy;
    }

    /** R92. */
    @Operation(name = "$explain-access")
    public Parameters explain(RequestDetails request) {
        AccessRequest asked = ExplanationCases.asked(request.getUserData());
        return new ExplanationAnswer(texts(request)).of(policy.explain(asked), asked);
    }

    private static Texts texts(RequestDetails request) {
        return Texts.of(request.getHeader("Accept-Language"));
    }

    /** About records. */
    static final class OfPatients extends ExplanationProvider {

        OfPatients(Policy policy) {
            super(policy);
        }

        @Override
        public Class<? extends IBaseResource> getResourceType() {
            return Patient.class;
        }
    }

    /** About documents. */
    static final class OfDocuments extends ExplanationProvider {

        private final PatientRecords records;
        private final ActorLabels labels = ActorLabels.load();

        OfDocuments(Policy policy, PatientRecords records) {
            super(policy);
            this.records = records;
        }

        @Override
        public Class<? extends IBaseResource> getResourceType() {
            return DocumentReference.class;
        }

        /** R91. */
        @Operation(name = "$who-can-read")
        public Parameters readers(RequestDetails request) {
            AccessRequest asked = ExplanationCases.asked(request.getUserData());
            PatientFacts patient =
                    records.withAllTeams(asked.patient().orElseThrow().id()).orElseThrow();
            return new ReadersAnswer(texts(request), labels)
                    .of(policy.readership(patient, asked.document().orElseThrow(), asked.now()));
        }
    }
}

package fr.carnet.dmp;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.policy.Judgement;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Ins;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/**
 * ITI-83: the id of a patient here, and his other matricules as far as TD0.2 would tell them. Who is unknown and who has no
 * record are answered alike.
 */
@Component
class CrossReferenceProvider implements IResourceProvider {

    private final PatientRecords records;
    private final StoredPatients patients;
    private final PatientAnswers answers;

    CrossReferenceProvider(PatientRecords records, StoredPatients patients, PatientAnswers answers) {
        this.records = records;
        this.patients = patients;
        this.answers = answers;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** By GET or POST; the judge has read what is asked. */
    @Operation(name = CrossReference.OPERATION, idempotent = true)
    public Parameters crossReference(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        CrossReference asked = CrossReference.in(request.getUserData());
        Ins ins = Ins.of(asked.source().system(), asked.source().value());
        Patient told = answers.told(records.byIns(ins, judgement.caller()), ins, patients::read, judgement)
                .orElseThrow(() -> Fault.of(404, "not-found"));
        var answer = new Parameters();
        told.getIdentifier().stream().filter(asked::wants).forEach(identifier -> answer.addParameter()
                .setName("targetIdentifier")
                .setValue(identifier));
        answer.addParameter()
                .setName("targetId")
                .setValue(new Reference("Patient/" + told.getIdElement().getIdPart()));
        return answer;
    }
}

package fr.carnet.dmp;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/**
 * The {@link RecordOperation}s: {@code POST Patient/$close} and so on. The matricule comes in the body, never in the URL,
 * and the answer is the patient as TD0.2 tells him.
 */
@Component
class RecordProvider implements IResourceProvider {

    private final RecordKeeper keeper;
    private final PatientRecords records;
    private final PatientAnswers answers;

    RecordProvider(RecordKeeper keeper, PatientRecords records, PatientAnswers answers) {
        this.keeper = keeper;
        this.records = records;
        this.answers = answers;
    }

    @Override
    public Class<Patient> getResourceType() {
        return Patient.class;
    }

    /** R11. */
    @Operation(name = "$inform")
    public Patient inform(RequestDetails request) {
        return perform(request);
    }

    /** R13, R26. */
    @Operation(name = "$oppose")
    public Patient oppose(RequestDetails request) {
        return perform(request);
    }

    /** R15, R16. */
    @Operation(name = "$activate")
    public Patient activate(RequestDetails request) {
        return perform(request);
    }

    /** R20. */
    @Operation(name = "$close")
    public Patient close(RequestDetails request) {
        return perform(request);
    }

    /** R24, R25. */
    @Operation(name = "$reopen")
    public Patient reopen(RequestDetails request) {
        return perform(request);
    }

    /** R26. */
    @Operation(name = "$suspend")
    public Patient suspend(RequestDetails request) {
        return perform(request);
    }

    /** R26. */
    @Operation(name = "$resume")
    public Patient resume(RequestDetails request) {
        return perform(request);
    }

    /** R23. */
    @Operation(name = "$request-deletion")
    public Patient requestDeletion(RequestDetails request) {
        return perform(request);
    }

    /** R9. */
    @Operation(name = "$change-ins")
    public Patient changeIns(RequestDetails request) {
        return perform(request);
    }

    private Patient perform(RequestDetails request) {
        Judgement judgement = Judgement.of(request.getUserData());
        Patient stored = keeper.change(RecordRequest.of(request.getUserData()), judgement, request);
        PatientFacts facts = records.byId(stored.getIdElement().getIdPart(), judgement.caller())
                .orElseThrow();
        return answers.answer(stored, facts, judgement);
    }
}

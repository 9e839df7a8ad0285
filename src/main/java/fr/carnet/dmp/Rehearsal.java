package fr.carnet.dmp;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import fr.carnet.shared.Fault;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Declares something, and takes it back: nothing is kept of it. The judge has spoken before, as before a declaration. */
@Component
public class Rehearsal {

    private final ConsentProvider consents;
    private final CareTeamProvider teams;
    private final RelatedPersonProvider persons;
    private final PatientProvider patients;
    private final TransactionTemplate transaction;

    Rehearsal(
            ConsentProvider consents,
            CareTeamProvider teams,
            RelatedPersonProvider persons,
            PatientProvider patients,
            TransactionTemplate transaction) {
        this.consents = consents;
        this.teams = teams;
        this.persons = persons;
        this.patients = patients;
        this.transaction = transaction;
    }

    /**
     * Rehearses what the resource declares.
     *
     * @throws Fault that the declaration would meet
     */
    public void of(Resource sent, RequestDetails request) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            declare(sent, request);
        });
    }

    private void declare(Resource sent, RequestDetails request) {
        if (sent instanceof Consent consent) {
            consents.create(consent, request);
        } else if (sent instanceof CareTeam team) {
            teams.create(team, request);
        } else if (sent instanceof RelatedPerson person) {
            persons.create(person, request);
        } else if (sent instanceof Patient patient) {
            patients.update(patient, new IdType(), PatientReading.condition(patient), request);
        } else {
            throw Fault.of(405, "interaction-not-served");
        }
    }
}

package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import fr.carnet.policy.PatientFacts;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Patients as they are stored, for the answers that tell a part of them. */
@Component
class StoredPatients {

    private final DaoRegistry daos;

    StoredPatients(DaoRegistry daos) {
        this.daos = daos;
    }

    Patient read(PatientFacts facts) {
        return daos.getResourceDao(Patient.class).read(new IdType("Patient", facts.id()), SystemWrite.request());
    }
}

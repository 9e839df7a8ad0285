package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.shared.Ins;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One Patient per matricule: creates or replaces it. */
@Component
class PatientRegister {

    private final FactsTable table;
    private final DaoRegistry daos;
    private final TransactionTemplate transaction;

    PatientRegister(FactsTable table, DaoRegistry daos, TransactionTemplate transaction) {
        this.table = table;
        this.daos = daos;
        this.transaction = transaction;
    }

    /**
     * What became of a registration.
     *
     * @param patient as stored
     * @param created false when it was there before
     */
    record Registration(Patient patient, boolean created) {}

    /** Two first registrations of one matricule may meet; the loser then replaces what the winner stored. */
    Registration register(Ins ins, Patient patient, RequestDetails request) {
        Optional<String> known = table.idOf(ins);
        try {
            return store(known, patient, request);
        } catch (ResourceVersionConflictException e) {
            Optional<String> winner = known.isEmpty() ? table.idOf(ins) : Optional.empty();
            if (winner.isEmpty()) {
                throw e;
            }
            return store(winner, patient, request);
        }
    }

    private Registration store(Optional<String> id, Patient patient, RequestDetails request) {
        Patient body = patient.copy();
        body.setId(id.map(known -> new IdType("Patient", known)).orElse(null));
        var dao = daos.getResourceDao(Patient.class);
        var outcome =
                transaction.execute(status -> id.isPresent() ? dao.update(body, request) : dao.create(body, request));
        return new Registration((Patient) outcome.getResource(), id.isEmpty());
    }
}

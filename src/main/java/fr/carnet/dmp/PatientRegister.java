package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.policy.RecordCourse;
import fr.carnet.policy.RecordState;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Ins;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One Patient per matricule: creates or replaces it. */
@Component
class PatientRegister {

    /** In which a record begins; what follows comes by operations. */
    private static final Set<RecordState> FIRST = Set.of(RecordState.NONE, RecordState.NOTIFIED);

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

    /**
     * Two first registrations of one matricule may meet; the loser then replaces what the winner stored.
     *
     * @param statesState whether the sender states how far the record has come, or leaves it as it is
     */
    Registration register(Ins ins, Patient patient, boolean statesState, RequestDetails request) {
        Optional<String> known = table.idOf(ins);
        try {
            return store(known, patient, statesState, request);
        } catch (ResourceVersionConflictException e) {
            Optional<String> winner = known.isEmpty() ? table.idOf(ins) : Optional.empty();
            if (winner.isEmpty()) {
                throw e;
            }
            return store(winner, patient, statesState, request);
        }
    }

    private Registration store(Optional<String> id, Patient patient, boolean statesState, RequestDetails request) {
        Patient body = patient.copy();
        body.setId(id.map(known -> new IdType("Patient", known)).orElse(null));
        var dao = daos.getResourceDao(Patient.class);
        var outcome = transaction.execute(status -> {
            if (id.isEmpty()) {
                first(body, request);
                return dao.create(body, request);
            }
            table.lock(id.get());
            Patient stored = dao.read(new IdType("Patient", id.get()), SystemWrite.request());
            Matricules.keep(stored, body);
            if (!SystemWrite.marks(request)) {
                keepState(stored, body, statesState);
            }
            return dao.update(body, request);
        });
        return new Registration((Patient) outcome.getResource(), id.isEmpty());
    }

    /** R10–R14: nobody is informed, opened or closed by being registered. */
    private static void first(Patient body, RequestDetails request) {
        Matricules.first(body);
        if (!SystemWrite.marks(request)
                && !FIRST.contains(StateExtension.courseOf(body).state())) {
            throw refusalOfState();
        }
    }

    private static void keepState(Patient stored, Patient body, boolean statesState) {
        RecordCourse said = StateExtension.courseOf(body);
        RecordCourse known = StateExtension.courseOf(stored);
        boolean same = said.state() == known.state() && said.since().equals(known.since());
        if (statesState && !same) {
            throw refusalOfState();
        }
        StateExtension.keep(stored, body);
    }

    private static Fault refusalOfState() {
        return Findings.refusal("record-state-by-operation", "Patient.extension");
    }
}

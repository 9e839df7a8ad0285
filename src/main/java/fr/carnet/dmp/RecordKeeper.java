package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import fr.carnet.policy.Action;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.Policy;
import fr.carnet.policy.RecordCourse;
import fr.carnet.policy.RecordLife;
import fr.carnet.policy.RecordLife.Due;
import fr.carnet.policy.RecordState;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CallerKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leads a record from state to state, under a lock that every node respects: first what fell due by time, then what
 * somebody asks.
 */
@Component
class RecordKeeper {

    private final FactsTable table;
    private final ConsentRegister consents;
    private final Matricules matricules;
    private final DaoRegistry daos;
    private final TransactionTemplate transaction;
    private final RecordLife life;
    private final RecordEvents events;

    RecordKeeper(
            FactsTable table,
            ConsentRegister consents,
            Matricules matricules,
            DaoRegistry daos,
            TransactionTemplate transaction,
            Policy policy,
            RecordEvents events) {
        this.table = table;
        this.consents = consents;
        this.matricules = matricules;
        this.daos = daos;
        this.transaction = transaction;
        this.life = new RecordLife(policy.settings());
        this.events = events;
    }

    /**
     * Does what the judge permitted.
     *
     * @throws fr.carnet.shared.Fault 422 if the record has changed in the meantime and does not allow it any more; 409 or
     *     422 if a matricule cannot be changed like that (R9)
     */
    Patient change(RecordRequest asked, Judgement judgement, RequestDetails request) {
        try {
            return changed(asked, judgement, request);
        } catch (ResourceVersionConflictException e) {
            // somebody else was registered at the same moment
            throw asked.operation() == RecordOperation.CHANGE_INS ? Rule.R9_INS_TAKEN.refusal() : e;
        }
    }

    private Patient changed(RecordRequest asked, Judgement judgement, RequestDetails request) {
        String id = judgement.patient().orElseThrow().id();
        Instant now = judgement.now().truncatedTo(ChronoUnit.MILLIS);
        Instant at = asked.sent().orElse(now);
        if (at.isAfter(now)) {
            throw RecordRequest.refusal(RecordRequest.SENT);
        }
        return transaction.execute(status -> {
            table.lock(id);
            catchUp(id, now);
            Action action = asked.action(judgement.caller());
            Patient patient = read(id);
            boolean byHolder = judgement.caller().kind() == CallerKind.HOLDER;
            StateExtension.write(
                    patient,
                    RecordLife.after(StateExtension.courseOf(patient), action, byHolder, at)
                            .orElseThrow(Rule.R10_TRANSITION_REFUSED::refusal));
            StateExtension.writeClosing(patient, asked.motive(), asked.reason());
            if (action == Action.CHANGE_INS) {
                matricules.change(patient, asked);
            }
            if (action == Action.REACTIVATE) {
                StateExtension.writeConsent(patient, judgement.caller().subject());
            }
            return store(patient, request);
        });
    }

    /** Stores what is due for one record, unless another node is at it; run twice, it finds nothing the second time. */
    void catchUpIfDue(String id, Instant now) {
        transaction.executeWithoutResult(status -> {
            if (table.lockIfDue(id, now)) {
                catchUp(id, now);
            }
        });
    }

    /** How far the record of a patient has come, as it is stored. */
    RecordCourse course(String id) {
        return StateExtension.courseOf(read(id));
    }

    private void catchUp(String id, Instant now) {
        Patient patient = read(id);
        RecordCourse before = StateExtension.courseOf(patient);
        RecordCourse course = before;
        for (Optional<Due> due = life.due(course, now); due.isPresent(); due = life.due(course, now)) {
            course = due.get().course();
            StateExtension.write(patient, course);
            if (course.state() == RecordState.DESTROYED) {
                consents.endAuthorisations(id);
            }
            events.happened(id, due.get(), now);
        }
        if (!course.equals(before)) {
            store(patient, SystemWrite.request());
        }
    }

    private Patient read(String id) {
        return daos.getResourceDao(Patient.class)
                .read(new IdType("Patient", id), SystemWrite.request())
                .copy();
    }

    private Patient store(Patient patient, RequestDetails request) {
        return (Patient)
                daos.getResourceDao(Patient.class).update(patient, request).getResource();
    }
}

package fr.carnet.enforcement;

import fr.carnet.dmp.RecordOperation;
import fr.carnet.dmp.RecordRequest;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.messaging.notice.PreferenceRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.PatientReference;
import java.util.Optional;
import org.hl7.fhir.r4.model.Parameters;

/** Changes of a record as such before the judge: inform, oppose, activate, close, reopen, suspend, have it deleted, change the matricule. */
final class RecordCases {

    private final Patients patients;
    private final StatusChecks statusChecks;

    RecordCases(Patients patients, StatusChecks statusChecks) {
        this.patients = patients;
        this.statusChecks = statusChecks;
    }

    /** How the holder is told (R97); what is asked is left with the request. */
    Verdict preferences(Hearing hearing) {
        hearing.asks(Action.KEEP_PREFERENCES);
        if (hearing.caller().isProfessional()) {
            statusChecks.count(hearing);
        }
        PreferenceRequest asked = PreferenceRequest.of(hearing.body(Parameters.class));
        asked.storeIn(hearing.request().getUserData());
        Optional<PatientFacts> patient = patients.named(new PatientReference.Identified(asked.identifier()), hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.KEEP_PREFERENCES)));
    }

    /** The operation that the URL names; what it asks is left with the request. */
    Verdict change(Hearing hearing) {
        RecordOperation operation =
                RecordOperation.named(hearing.request().getOperation()).orElseThrow(Refused::absent);
        hearing.asks(operation.action());
        RecordRequest asked = RecordRequest.of(operation, hearing.body(Parameters.class));
        Action action = asked.action(hearing.caller());
        hearing.asks(action);
        if (hearing.caller().isProfessional()) {
            statusChecks.count(hearing);
        }
        asked.storeIn(hearing.request().getUserData());
        Optional<PatientFacts> patient = patients.named(new PatientReference.Identified(asked.identifier()), hearing);
        Court court = hearing.court(patient);
        Permit permit = court.require(court.decide(action));
        asked.newIdentifier().ifPresent(identifier -> Patients.ins(identifier, hearing));
        return new Verdict(patient, permit);
    }
}

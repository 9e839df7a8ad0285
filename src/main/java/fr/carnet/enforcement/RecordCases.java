package fr.carnet.enforcement;

import fr.carnet.dmp.RecordOperation;
import fr.carnet.dmp.RecordRequest;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.messaging.notice.PreferenceRequest;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Disclosure;
import fr.carnet.policy.Decision.Obligation;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.PatientReference;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Permit permit = court.require(court.decide(Action.KEEP_PREFERENCES));
        if (asked.isHoldersAlone() && hearing.caller().kind() != CallerKind.HOLDER) {
            court.require(new Deny(Rule.R97_NOT_ENTITLED, Disclosure.SAY));
        }
        return new Verdict(patient, permit);
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
        Permit permit = court.require(
                unlessInformed(court.decide(action), hearing.request().getUserData()));
        asked.newIdentifier().ifPresent(identifier -> Patients.ins(identifier, hearing));
        return new Verdict(patient, permit);
    }

    /** R11: the same, and nobody is to inform a person whom the operator says that he has informed himself. */
    static Decision unlessInformed(Decision decision, Map<Object, Object> userData) {
        if (!(decision instanceof Permit permit) || !RecordRequest.saysWhenInformed(userData)) {
            return decision;
        }
        Set<Obligation> left = EnumSet.noneOf(Obligation.class);
        left.addAll(permit.obligations());
        left.remove(Obligation.INFORM_HOLDER);
        return new Permit(permit.reasons(), left);
    }
}

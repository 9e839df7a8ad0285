package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import fr.carnet.dmp.RelatedResources;
import fr.carnet.dmp.TeamResources;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.policy.Action;
import fr.carnet.policy.CircleFacts;
import fr.carnet.policy.Decision;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.PatientFacts;
import java.util.Optional;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;

/** The people around a patient before the judge: his care teams, who acts for him, and the list of his choices. */
final class CircleCases {

    private final Patients patients;
    private final StatusChecks statusChecks;
    private final TeamResources teams;
    private final RelatedResources persons;
    private final Communications communications;

    CircleCases(
            Patients patients,
            StatusChecks statusChecks,
            TeamResources teams,
            RelatedResources persons,
            Communications communications) {
        this.patients = patients;
        this.statusChecks = statusChecks;
        this.teams = teams;
        this.persons = persons;
        this.communications = communications;
    }

    /** The list of choices on a record (R91). */
    Verdict consents(Hearing hearing) {
        return list(hearing, Action.READ_CONSENTS);
    }

    /** Care teams (R43). */
    Verdict team(Hearing hearing, RestOperationTypeEnum operation) {
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            return list(hearing, Action.READ_TEAMS);
        }
        if (operation == RestOperationTypeEnum.CREATE) {
            hearing.asks(Action.DECLARE_TEAM);
            CareTeam sent = hearing.body(CareTeam.class);
            return declared(hearing, Action.DECLARE_TEAM, sent.getSubject(), teams.sent(sent, hearing.caller()));
        }
        Action action = Action.READ_TEAMS;
        if (operation == RestOperationTypeEnum.UPDATE) {
            boolean ends = !TeamResources.isActive(hearing.body(CareTeam.class));
            action = ends ? Action.END_TEAM : Action.CHANGE_TEAM;
        }
        hearing.asks(action);
        refuseWhateverTheId(hearing, Action.READ_TEAMS);
        CareTeam stored = teams.byId(hearing.request().getId().getIdPart()).orElseThrow(Refused::absent);
        return byId(hearing, Action.READ_TEAMS, action, TeamResources.patientOf(stored), TeamResources.factsOf(stored));
    }

    /** Who acts for a patient (R147, R149). */
    Verdict related(Hearing hearing, RestOperationTypeEnum operation) {
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            return list(hearing, Action.READ_RELATED);
        }
        if (operation == RestOperationTypeEnum.CREATE) {
            hearing.asks(Action.REGISTER_RELATED);
            RelatedPerson sent = hearing.body(RelatedPerson.class);
            return declared(hearing, Action.REGISTER_RELATED, sent.getPatient(), persons.sent(sent));
        }
        Action action = operation == RestOperationTypeEnum.UPDATE ? Action.CHANGE_RELATED : Action.READ_RELATED;
        hearing.asks(action);
        refuseWhateverTheId(hearing, Action.READ_RELATED);
        RelatedPerson stored =
                persons.byId(hearing.request().getId().getIdPart()).orElseThrow(Refused::absent);
        return byId(
                hearing,
                Action.READ_RELATED,
                action,
                Optional.of(RelatedResources.patientOf(stored)),
                RelatedResources.factsOf(stored));
    }

    /** Notices and messages (R99). */
    Verdict communication(Hearing hearing, RestOperationTypeEnum operation) {
        if (operation == RestOperationTypeEnum.SEARCH_TYPE) {
            return list(hearing, Action.READ_COMMUNICATIONS);
        }
        hearing.asks(Action.READ_COMMUNICATIONS);
        refuseWhateverTheId(hearing, Action.READ_COMMUNICATIONS);
        StoredCommunication stored =
                communications.byId(hearing.request().getId().getIdPart()).orElseThrow(Refused::absent);
        return byId(
                hearing,
                Action.READ_COMMUNICATIONS,
                Action.READ_COMMUNICATIONS,
                Optional.of(stored.patient()),
                stored.facts());
    }

    /** Whoever asks for a patient learns whether he has a record: as often as TD0.2 may be asked. */
    private Verdict list(Hearing hearing, Action action) {
        hearing.asks(action);
        var name = Patients.asked(hearing);
        if (hearing.caller().isProfessional()) {
            statusChecks.count(hearing);
        }
        Optional<PatientFacts> patient = patients.named(name, hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(action)));
    }

    private Verdict declared(Hearing hearing, Action action, Reference subject, CircleFacts facts) {
        Optional<PatientFacts> patient = patients.referred(subject, hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(action, facts)));
    }

    /** Where the token names a patient, what is refused on his record speaks before any look-up, and is the same for every id. */
    private void refuseWhateverTheId(Hearing hearing, Action reading) {
        if (hearing.context().patient().isPresent()) {
            Court court = hearing.court(patients.ofToken(hearing));
            court.require(court.decide(reading));
        }
    }

    /** To whoever may not read it, every refusal by id is the answer of an absent resource. */
    private Verdict byId(
            Hearing hearing, Action reading, Action action, Optional<String> patientId, CircleFacts facts) {
        Optional<PatientFacts> patient = patientId.flatMap(id -> patients.byId(id, hearing));
        Court court = hearing.court(patient);
        Decision decision = court.decide(action, facts);
        if (decision instanceof Deny deny && !court.decide(reading, facts).permitted()) {
            RequestNotes.of(hearing.request().getUserData()).refusedBy(deny.reason());
            throw Refused.absent();
        }
        return new Verdict(patient, court.require(decision));
    }
}

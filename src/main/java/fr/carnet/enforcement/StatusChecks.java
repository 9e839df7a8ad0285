package fr.carnet.enforcement;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import fr.carnet.caller.Rates;
import fr.carnet.dmp.CrossReference;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.enforcement.Judge.Verdict;
import fr.carnet.policy.Action;
import fr.carnet.policy.Decision.Deny;
import fr.carnet.policy.Decision.Permit;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.InsDomain;
import fr.carnet.shared.PatientReference;
import java.util.Optional;
import org.hl7.fhir.r4.model.Parameters;

/** TD0.2: by matricule only, and not as often as one likes: whoever guesses matricules shall not get far. */
final class StatusChecks {

    private final Patients patients;
    private final Rates rates;

    /** @param perMinute checks that one caller has in a minute, on this node */
    StatusChecks(Patients patients, int perMinute) {
        this.patients = patients;
        this.rates = new Rates(perMinute);
    }

    Verdict check(Hearing hearing) {
        hearing.asks(Action.CHECK_STATUS);
        String[] tokens = hearing.request().getParameters().get("identifier");
        IdentifierToken identifier = Optional.ofNullable(tokens)
                .filter(all -> all.length == 1)
                .flatMap(all -> IdentifierToken.parse(all[0]))
                .orElseThrow(() -> Fault.of(400, "identifier-required"));
        count(hearing);
        Optional<PatientFacts> patient = patients.named(new PatientReference.Identified(identifier), hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.CHECK_STATUS)));
    }

    /**
     * ITI-83: another way to ask the same.
     *
     * @throws Fault 400 for a source domain, 403 for a target domain that is no INS of this server
     */
    Verdict crossReference(Hearing hearing) {
        hearing.asks(Action.CHECK_STATUS);
        CrossReference asked = hearing.request().getRequestType() == RequestTypeEnum.GET
                ? CrossReference.of(hearing.request().getParameters())
                : CrossReference.of(hearing.body(Parameters.class));
        if (!isServed(asked.source().system(), hearing)) {
            throw Fault.of(400, "unknown-source-domain");
        }
        if (asked.target().filter(target -> !isServed(target, hearing)).isPresent()) {
            throw Fault.of(403, "unknown-target-domain");
        }
        asked.storeIn(hearing.request().getUserData());
        count(hearing);
        Optional<PatientFacts> patient = patients.named(new PatientReference.Identified(asked.source()), hearing);
        Court court = hearing.court(patient);
        return new Verdict(patient, court.require(court.decide(Action.CHECK_STATUS)));
    }

    private static boolean isServed(String system, Hearing hearing) {
        return InsDomain.of(system)
                .filter(domain -> domain.system().equals(system)
                        && hearing.policy().settings().acceptedInsDomains().contains(domain))
                .isPresent();
    }

    /**
     * By id. An id is no matricule: it tells of a patient only to whom his token names him, or who may search his record.
     */
    Verdict byId(Hearing hearing) {
        hearing.asks(Action.CHECK_STATUS);
        String id = hearing.request().getId().getIdPart();
        if (hearing.context().patient().isPresent()) {
            Optional<PatientFacts> patient = patients.ofToken(hearing);
            Court court = hearing.court(patient);
            Permit permit = court.require(court.decide(Action.CHECK_STATUS));
            if (patient.filter(p -> p.id().equals(id)).isEmpty()) {
                throw Refused.absent();
            }
            return new Verdict(patient, permit);
        }
        PatientFacts patient = patients.byId(id, hearing).orElseThrow(Refused::absent);
        Court court = hearing.court(Optional.of(patient));
        boolean keeper = hearing.caller().kind() == CallerKind.OPERATOR;
        if (!keeper && court.decide(Action.SEARCH) instanceof Deny deny) {
            RequestNotes.of(hearing.request().getUserData()).refusedBy(deny.reason());
            throw Refused.absent();
        }
        return new Verdict(Optional.of(patient), court.require(court.decide(Action.CHECK_STATUS)));
    }

    /** Counts a request that tells of a matricule whether it has a record. */
    void count(Hearing hearing) {
        if (!rates.take(hearing.caller().subject())) {
            throw Fault.of(429, "too-many-status-checks");
        }
    }
}

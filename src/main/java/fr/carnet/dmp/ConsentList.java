package fr.carnet.dmp;

import fr.carnet.policy.AuthorisationStatus;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * The choices on a record, and who has access to it now: each authorisation is told with where it stands (R40, R42, R44), which
 * its own status does not say, for it runs out without anybody's doing.
 */
@Component
class ConsentList {

    private final ConsentResources consents;
    private final FactsTable facts;
    private final CircleTable circle;
    private final DSLContext dsl;
    private final Policy policy;

    ConsentList(ConsentResources consents, FactsTable facts, CircleTable circle, DSLContext dsl, Policy policy) {
        this.consents = consents;
        this.facts = facts;
        this.circle = circle;
        this.dsl = dsl;
        this.policy = policy;
    }

    int count(ConsentQuery query) {
        return query.count(dsl);
    }

    /** A page, as it may be answered. */
    List<Consent> page(ConsentQuery query, int offset, int size) {
        List<Consent> stored = query.page(dsl, offset, size).stream()
                .flatMap(id -> consents.byId(id).stream())
                .toList();
        Judgement judgement = query.judgement();
        PatientFacts patient = withTeams(judgement.patient().orElseThrow().id(), stored);
        return stored.stream()
                .map(consent -> ConsentResources.listed(consent, status(consent, patient, judgement)))
                .toList();
    }

    /** Facts with the teams of all whom the page names. */
    private PatientFacts withTeams(String patientId, List<Consent> stored) {
        Set<String> concerned = stored.stream()
                .flatMap(consent -> ConsentReading.concerned(consent).stream())
                .collect(Collectors.toSet());
        return facts.find(patientId).orElseThrow().asPolicyFacts(patientId, circle.teams(patientId, concerned));
    }

    private Optional<AuthorisationStatus> status(Consent consent, PatientFacts patient, Judgement judgement) {
        StoredConsent said = ConsentReading.stored(consent);
        boolean opens = consent.getStatus() == ConsentState.ACTIVE && StoredFacts.AUTHORISING.contains(said.kind());
        return Optional.of(said)
                .filter(any -> opens)
                .map(StoredFacts::authorisation)
                .map(declared -> policy.authorisationStatus(declared, patient, judgement.now()));
    }
}

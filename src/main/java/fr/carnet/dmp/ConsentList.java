package fr.carnet.dmp;

import fr.carnet.policy.AuthorisationStatus;
import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import java.util.List;
import java.util.Optional;
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
    private final PatientRecords records;
    private final DSLContext dsl;
    private final Policy policy;

    ConsentList(ConsentResources consents, PatientRecords records, DSLContext dsl, Policy policy) {
        this.consents = consents;
        this.records = records;
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
        PatientFacts patient =
                records.withAllTeams(judgement.patient().orElseThrow().id()).orElseThrow();
        return stored.stream()
                .map(consent -> ConsentResources.listed(consent, status(consent, patient, judgement)))
                .toList();
    }

    private Optional<AuthorisationStatus> status(Consent consent, PatientFacts patient, Judgement judgement) {
        StoredConsent said = ConsentReading.stored(consent);
        boolean opens = consent.getStatus() == ConsentState.ACTIVE && StoredFacts.AUTHORISING.contains(said.kind());
        return Optional.of(said)
                .filter(any -> opens)
                .map(any -> StoredFacts.authorisation(consent.getIdElement().getIdPart(), said))
                .map(declared -> policy.authorisationStatus(declared, patient, judgement.now()));
    }
}

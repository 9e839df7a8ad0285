package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores Consents; of one choice, at most one is active. */
@Component
class ConsentRegister {

    private final FactsTable table;
    private final DaoRegistry daos;
    private final TransactionTemplate transaction;

    ConsentRegister(FactsTable table, DaoRegistry daos, TransactionTemplate transaction) {
        this.table = table;
        this.daos = daos;
        this.transaction = transaction;
    }

    /** Stores a new Consent and ends those that it renews (R42). */
    Consent declare(Consent consent, RequestDetails request) {
        StoredConsent said = ConsentReading.stored(consent);
        String patientId = ConsentReading.patientId(consent);
        var dao = daos.getResourceDao(Consent.class);
        return transaction.execute(status -> {
            StoredFacts facts =
                    table.lock(patientId).orElseThrow(() -> new IllegalStateException("patient without facts"));
            facts.renewedBy(said).forEach(this::end);
            return (Consent) dao.create(consent, request).getResource();
        });
    }

    /** What opened the record to somebody ends with it; what the holder forbade stays forbidden. */
    void endAuthorisations(String patientId) {
        table.find(patientId).stream()
                .flatMap(facts -> facts.authorisationIds().stream())
                .forEach(this::end);
    }

    private void end(String id) {
        var dao = daos.getResourceDao(Consent.class);
        Consent ended =
                dao.read(new IdType("Consent", id), SystemWrite.request()).copy();
        dao.update(ended.setStatus(ConsentState.INACTIVE), SystemWrite.request());
    }

    /** Stores a new version of a Consent, unless somebody else was faster. */
    Consent change(Consent consent, RequestDetails request) {
        var dao = daos.getResourceDao(Consent.class);
        return transaction.execute(
                status -> (Consent) dao.update(consent, request).getResource());
    }
}

package fr.carnet.dmp;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import fr.carnet.shared.StructureId;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Registration by the server itself, e.g. of the sandbox's cast: same checks as for the operator, no judgement, each in a
 * transaction of its own. What is refused is a {@link fr.carnet.shared.Fault}.
 */
@Component
public class RecordRegistration {

    private final PatientRegister patients;
    private final ConsentRegister consents;
    private final DaoRegistry daos;
    private final TransactionTemplate transaction;

    RecordRegistration(
            PatientRegister patients, ConsentRegister consents, DaoRegistry daos, TransactionTemplate transaction) {
        this.patients = patients;
        this.consents = consents;
        this.daos = daos;
        this.transaction = transaction;
    }

    /**
     * Registers a patient in the shape of docs/patients.md, or replaces the one with his matricule; in any state of the
     * record, unlike the operator, who leads it there by operations.
     */
    public Patient register(Patient patient) {
        var findings = new Findings();
        var said = PatientReading.read(patient, findings);
        findings.refuseIfAny();
        return patients.register(said.orElseThrow().ins(), patient, true, SystemWrite.request())
                .patient();
    }

    /**
     * Registers a team in the shape of docs/circle.md (R43), {@code subject} as {@code Patient/<id>} or none; it counts as
     * declared by the structure that it names, by the operator when it names none.
     */
    public CareTeam register(CareTeam team) {
        var findings = new Findings();
        TeamReading.check(team, findings);
        findings.refuseIfAny();
        CareTeam declared = team.copy();
        TeamReading.structure(team).ifPresent(id -> declared.addExtension(DeclaredBy.of(StructureId.SYSTEM, id)));
        return store(CareTeam.class, declared);
    }

    /** Registers who acts for a patient in the shape of docs/circle.md (R147, R149), {@code patient} as {@code Patient/<id>}. */
    public RelatedPerson register(RelatedPerson person) {
        RelatedResources.declared(person);
        return store(RelatedPerson.class, person);
    }

    /**
     * Stores a Consent in the shape of docs/consents.md, {@code patient} as {@code Patient/<id>}, {@code dateTime} and
     * {@code performer} given; renews an earlier one.
     */
    public Consent register(Consent consent) {
        ConsentResources.factsOf(consent);
        if (!consent.hasDateTime() || !consent.hasPerformer() || ConsentReading.patientId(consent) == null) {
            throw Findings.refusal("consent-incomplete", "Consent");
        }
        return consents.declare(consent, SystemWrite.request());
    }

    private <T extends Resource> T store(Class<T> type, T resource) {
        var dao = daos.getResourceDao(type);
        return transaction.execute(
                status -> type.cast(dao.create(resource, SystemWrite.request()).getResource()));
    }
}

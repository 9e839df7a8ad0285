package fr.carnet.dmp;

import fr.carnet.policy.Judgement;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.CallerKind;
import fr.carnet.validation.ResourceCheck;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;

/**
 * A RelatedPerson that somebody registers or changes now, completed with what the server knows better than the sender (R147,
 * R149). Who shared it is noted where the operator did not register it.
 */
record Relation(RelatedPerson body, Judgement judgement, ResourceCheck check) {

    private static final String PROFILE = "related-person";

    /** The resource to store. */
    RelatedPerson registered() {
        var findings = new Findings();
        RepresentativeReading.check(body, findings);
        findings.require(RepresentativeReading.isActive(body), "person-active", "RelatedPerson.active");
        PatientFacts patient = judgement.patient().orElseThrow();
        boolean known = patient.representatives().stream().anyMatch(one -> RepresentativeReading.localId(body)
                .filter(one.localId()::equals)
                .isPresent());
        findings.require(!known, "person-known", "RelatedPerson.identifier");
        findings.conform(body, check, PROFILE);
        findings.refuseIfAny();
        RelatedPerson person = body.copy();
        DeclaredBy.remove(person);
        person.setId((String) null);
        person.setActive(true).setPatient(new Reference("Patient/" + patient.id()));
        if (judgement.caller().kind() == CallerKind.REPRESENTATIVE) {
            person.addExtension(DeclaredBy.extension(judgement.caller(), Optional.of(patient)));
        }
        return person;
    }

    /** The next version of a stored person: he stays the same person of the same patient; a title that ended stays ended. */
    RelatedPerson changed(RelatedPerson stored) {
        var findings = new Findings();
        findings.require(RepresentativeReading.isActive(stored), "person-ended", "RelatedPerson.active");
        if (!RepresentativeReading.isActive(body)) {
            findings.refuseIfAny();
            return stored.copy().setActive(false);
        }
        RepresentativeReading.check(body, findings);
        boolean ofSamePatient = judgement
                .patient()
                .filter(patient -> PatientNames.names(body.getPatient(), patient))
                .isPresent();
        findings.require(ofSamePatient, "person-patient", "RelatedPerson.patient");
        boolean same = RepresentativeReading.localId(body).equals(RepresentativeReading.localId(stored));
        findings.require(same, "person-identifier", "RelatedPerson.identifier");
        findings.conform(body, check, PROFILE);
        findings.refuseIfAny();
        RelatedPerson person = body.copy();
        person.setId(stored.getIdElement());
        person.setActive(true).setPatient(stored.getPatient()).setExtension(stored.getExtension());
        return person;
    }
}

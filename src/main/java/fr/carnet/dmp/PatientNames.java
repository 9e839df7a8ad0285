package fr.carnet.dmp;

import fr.carnet.policy.PatientFacts;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** Whether a reference names a patient: by literal {@code Patient/<id>} or by his matricule. */
final class PatientNames {

    private PatientNames() {}

    static boolean names(Reference reference, PatientFacts patient) {
        IdType literal = new IdType(reference.getReference());
        if (literal.hasIdPart()) {
            return !literal.isAbsolute()
                    && "Patient".equals(literal.getResourceType())
                    && patient.id().equals(literal.getIdPart());
        }
        return isIns(reference.getIdentifier(), patient);
    }

    private static boolean isIns(Identifier identifier, PatientFacts patient) {
        return PatientReading.ins(identifier.getSystem(), identifier.getValue())
                .filter(patient::bears)
                .isPresent();
    }
}

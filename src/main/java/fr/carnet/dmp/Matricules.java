package fr.carnet.dmp;

import fr.carnet.policy.Rule;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.shared.InsDomain;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** The matricules of a patient: one that counts, and those that he had before, which name him still (R9). */
@Component
class Matricules {

    private final FactsTable table;

    Matricules(FactsTable table) {
        this.table = table;
    }

    /**
     * Puts another matricule in the place of the current one, which stays with {@code use} old; within the transaction that
     * holds the lock of the patient.
     *
     * @throws fr.carnet.shared.Fault 409 if the matricule to be replaced is not the current one, or the new one is or was
     *     somebody else's: two records are not merged; 422 if it is the current one already
     */
    void change(Patient patient, RecordRequest asked) {
        Ins current = current(patient);
        Ins next = ins(asked.newIdentifier().orElseThrow());
        if (next.equals(current)) {
            throw Rule.R9_INS_UNCHANGED.refusal();
        }
        if (!ins(asked.identifier()).equals(current)) {
            throw Rule.R9_INS_OUTDATED.refusal();
        }
        String id = patient.getIdElement().getIdPart();
        if (table.idOf(next).filter(bearer -> !bearer.equals(id)).isPresent()) {
            throw Rule.R9_INS_TAKEN.refusal();
        }
        identifiers(patient).forEach(identifier -> identifier.setUse(IdentifierUse.OLD));
        patient.getIdentifier().removeIf(identifier -> names(identifier, next));
        patient.addIdentifier()
                .setUse(IdentifierUse.OFFICIAL)
                .setSystem(next.domain().system())
                .setValue(next.value());
    }

    /**
     * The matricules of a stored patient are not changed by correcting him.
     *
     * @param body of the correction; gets the former ones
     * @throws fr.carnet.shared.Fault 409 if it names him by a former one; 422 if it states a former one that is none
     */
    static void keep(Patient stored, Patient body) {
        if (!current(body).equals(current(stored))) {
            throw Rule.R9_INS_OUTDATED.refusal();
        }
        List<Identifier> former = former(stored);
        boolean known = former(body).stream().allMatch(said -> former.stream()
                .anyMatch(old -> old.getValue().equals(said.getValue())
                        && old.getSystem().equals(said.getSystem())));
        if (!known) {
            throw refusalOfFormer();
        }
        body.getIdentifier().removeIf(PatientReading::isFormer);
        former.forEach(old -> body.addIdentifier(old.copy()));
    }

    /** @throws fr.carnet.shared.Fault 422 if a patient who is not known yet is said to have had another matricule */
    static void first(Patient body) {
        if (!former(body).isEmpty()) {
            throw refusalOfFormer();
        }
    }

    private static fr.carnet.shared.Fault refusalOfFormer() {
        return Findings.refusal("ins-former", "Patient.identifier");
    }

    private static Ins current(Patient patient) {
        return identifiers(patient).stream()
                .filter(identifier -> !PatientReading.isFormer(identifier))
                .map(identifier -> Ins.of(identifier.getSystem(), identifier.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Identifier> former(Patient patient) {
        return patient.getIdentifier().stream().filter(PatientReading::isFormer).toList();
    }

    private static List<Identifier> identifiers(Patient patient) {
        return patient.getIdentifier().stream()
                .filter(identifier -> InsDomain.of(identifier.getSystem()).isPresent())
                .toList();
    }

    /** True if an identifier states this matricule. */
    static boolean names(Identifier identifier, Ins ins) {
        return InsDomain.of(identifier.getSystem()).filter(ins.domain()::equals).isPresent()
                && ins.value().equals(identifier.getValue());
    }

    private static Ins ins(IdentifierToken judged) {
        return Ins.of(judged.system(), judged.value());
    }
}

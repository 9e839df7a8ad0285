package fr.carnet.enforcement;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.shared.PatientReference;
import java.util.Optional;

/** Finds the one patient whom a request is about. */
final class Patients {

    private final PatientRecords records;

    Patients(PatientRecords records) {
        this.records = records;
    }

    /**
     * Patient whom a parameter or a body names.
     *
     * @throws fr.carnet.shared.Fault 422 if it is no matricule that this server takes (R1, R2)
     */
    Optional<PatientFacts> named(PatientReference name, Hearing hearing) {
        if (name instanceof PatientReference.Literal byId) {
            return records.byId(byId.id(), hearing.caller());
        }
        IdentifierToken identifier = ((PatientReference.Identified) name).identifier();
        return records.byIns(ins(identifier, hearing), hearing.caller());
    }

    /** Patient whom the token names; empty if it names none, or none is known. */
    Optional<PatientFacts> ofToken(Hearing hearing) {
        return hearing.context().patient().flatMap(ins -> records.byIns(ins, hearing.caller()));
    }

    /** Patient by FHIR id. */
    Optional<PatientFacts> byId(String id, Hearing hearing) {
        return records.byId(id, hearing.caller());
    }

    /**
     * A matricule that this server takes.
     *
     * @throws fr.carnet.shared.Fault 422 otherwise (R1, R2)
     */
    static Ins ins(IdentifierToken identifier, Hearing hearing) {
        try {
            Ins ins = Ins.of(identifier.system(), identifier.value());
            if (hearing.policy().settings().acceptedInsDomains().contains(ins.domain())) {
                return ins;
            }
        } catch (Ins.InvalidIns e) {
            throw (fr.carnet.shared.InsDomain.of(identifier.system()).isPresent()
                            ? Rule.R2_INS_INVALID
                            : Rule.R1_INS_INVALID)
                    .refusal();
        }
        throw Rule.R1_INS_INVALID.refusal();
    }
}

package fr.carnet.enforcement;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.enforcement.Judge.Hearing;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Rule;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdentifierToken;
import fr.carnet.shared.Ins;
import fr.carnet.shared.PatientReference;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;

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

    /**
     * Patient whom a search names, by {@code patient} or {@code patient.identifier}.
     *
     * @throws Fault 400 if it names none, or several
     */
    static PatientReference asked(Hearing hearing) {
        var parameters = hearing.request().getParameters();
        return one(parameters.get("patient"))
                .<PatientReference>map(PatientReference.Literal::of)
                .or(() -> one(parameters.get("patient.identifier"))
                        .map(v -> new PatientReference.Identified(IdentifierToken.of("patient.identifier", v))))
                .orElseThrow(() -> Fault.of(400, "patient-required"));
    }

    private static Optional<String> one(String[] values) {
        if (values != null && values.length > 1) {
            throw Fault.of(400, "one-patient");
        }
        return values == null ? Optional.empty() : Optional.of(values[0]);
    }

    /**
     * Patient whom a reference in a body names.
     *
     * @throws Fault 422 if its identifier cannot be a matricule (R2)
     */
    Optional<PatientFacts> referred(Reference reference, Hearing hearing) {
        try {
            return records.byReference(reference, hearing.caller());
        } catch (Ins.InvalidIns e) {
            throw Rule.R2_INS_INVALID.refusal();
        }
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

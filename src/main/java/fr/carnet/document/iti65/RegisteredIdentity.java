package fr.carnet.document.iti65;

import fr.carnet.shared.Ins;
import fr.carnet.validation.PatientTraits;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Identity under which a patient is registered; documents are compared with it (R8).
 *
 * @param patient FHIR id
 * @param matricules all of them, old ones included (R9)
 * @param traits strict traits
 */
public record RegisteredIdentity(String patient, Set<Ins> matricules, PatientTraits traits) {

    /** @throws NullPointerException if a component is missing */
    public RegisteredIdentity {
        Objects.requireNonNull(patient);
        matricules = Set.copyOf(matricules);
        Objects.requireNonNull(traits);
    }

    /** Identity with these strict traits; see {@code RegisteredTraits}. */
    public static RegisteredIdentity of(
            String patient,
            Set<Ins> matricules,
            String birthFamily,
            String firstGiven,
            LocalDate birthDate,
            String gender,
            String birthPlace) {
        return new RegisteredIdentity(
                patient,
                matricules,
                new PatientTraits(
                        Optional.of(birthFamily),
                        Optional.of(firstGiven),
                        Optional.of(birthDate),
                        Optional.of(gender),
                        Optional.of(birthPlace)));
    }

    /** Personal data stays out of logs: the id only. */
    @Override
    public String toString() {
        return "RegisteredIdentity[" + patient + "]";
    }
}

package fr.carnet.directory.insi;

import fr.carnet.shared.Ins;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A person as the national reference bases know him.
 *
 * @param ins current matricule
 * @param former earlier matricules, e.g. the NIA before the NIR (R9)
 * @param birthName birth name
 * @param firstGiven first given name of birth
 * @param givenNames all given names of birth, separated by spaces
 * @param sex sex
 * @param birthDate {@code yyyy-mm-dd}
 * @param birthPlace INSEE code of the commune or country of birth; empty when the bases have none
 */
public record ReferenceIdentity(
        Ins ins,
        List<Ins> former,
        String birthName,
        String firstGiven,
        String givenNames,
        Sex sex,
        String birthDate,
        Optional<String> birthPlace) {

    /** @throws NullPointerException if a component is missing */
    public ReferenceIdentity {
        Objects.requireNonNull(ins);
        former = List.copyOf(former);
        Objects.requireNonNull(birthName);
        Objects.requireNonNull(firstGiven);
        Objects.requireNonNull(givenNames);
        Objects.requireNonNull(sex);
        Objects.requireNonNull(birthDate);
        Objects.requireNonNull(birthPlace);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "ReferenceIdentity";
    }
}

package fr.carnet.dmp;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The strict traits of a registered patient, as INSi gave them (R3); documents are compared with them (R8).
 *
 * @param birthFamily birth name
 * @param firstGiven first birth given name
 * @param birthGivens all birth given names, separated by spaces
 * @param birthDate birth date
 * @param gender FHIR code: {@code male}, {@code female} or {@code unknown}
 * @param birthPlace COG code of the birth place, 5 characters
 */
public record RegisteredTraits(
        String birthFamily,
        String firstGiven,
        String birthGivens,
        LocalDate birthDate,
        String gender,
        String birthPlace) {

    /** @throws NullPointerException if a trait is missing */
    public RegisteredTraits {
        Objects.requireNonNull(birthFamily);
        Objects.requireNonNull(firstGiven);
        Objects.requireNonNull(birthGivens);
        Objects.requireNonNull(birthDate);
        Objects.requireNonNull(gender);
        Objects.requireNonNull(birthPlace);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "RegisteredTraits";
    }
}

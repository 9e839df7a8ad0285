package fr.carnet.directory.insi;

import fr.carnet.shared.Ins;
import fr.carnet.validation.PatientTraits;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether INSi knows a person by a matricule and traits. */
public sealed interface InsiVerification {

    /**
     * Yes.
     *
     * @param identity the person in full
     */
    record Confirmed(ReferenceIdentity identity) implements InsiVerification {}

    /**
     * INSi finds one person by these traits, another than the one described.
     *
     * @param insDiffers the matricule is neither his current one nor a former one
     * @param traits traits that differ
     */
    record Differs(boolean insDiffers, Set<PatientTraits.Trait> traits) implements InsiVerification {

        /** @throws NullPointerException if the traits are missing */
        public Differs {
            traits = Set.copyOf(traits);
        }
    }

    /**
     * INSi does not find exactly one person, or does not answer.
     *
     * @param answer what it said
     */
    record Unsettled(InsiAnswer answer) implements InsiVerification {

        /** @throws NullPointerException if the answer is missing */
        public Unsettled {
            Objects.requireNonNull(answer);
        }
    }

    /**
     * Compares what INSi found with what was described; traits as R8 compares them.
     *
     * @param answer to the search by these traits
     * @param ins matricule described
     * @param traits traits described
     */
    static InsiVerification of(InsiAnswer answer, Ins ins, SearchedTraits traits) {
        if (!(answer instanceof InsiAnswer.Found found)) {
            return new Unsettled(answer);
        }
        ReferenceIdentity known = found.identity();
        boolean insDiffers = !known.ins().equals(ins) && !known.former().contains(ins);
        Set<PatientTraits.Trait> differences = EnumSet.noneOf(PatientTraits.Trait.class);
        differences.addAll(described(traits).differencesFrom(reference(known)));
        if (!traits.birthDate().equals(known.birthDate())) {
            differences.add(PatientTraits.Trait.BIRTH_DATE);
        }
        return insDiffers || !differences.isEmpty() ? new Differs(insDiffers, differences) : new Confirmed(known);
    }

    private static PatientTraits described(SearchedTraits traits) {
        return traits(traits.birthName(), traits.givenName(), traits.birthDate(), traits.sex(), traits.birthPlace());
    }

    private static PatientTraits reference(ReferenceIdentity known) {
        return traits(known.birthName(), known.firstGiven(), known.birthDate(), known.sex(), known.birthPlace());
    }

    private static PatientTraits traits(
            String family, String given, String birthDate, Sex sex, Optional<String> birthPlace) {
        return new PatientTraits(
                Optional.of(family), Optional.of(given), day(birthDate), Optional.of(sex.fhir()), birthPlace);
    }

    private static Optional<LocalDate> day(String date) {
        try {
            return Optional.of(LocalDate.parse(date));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

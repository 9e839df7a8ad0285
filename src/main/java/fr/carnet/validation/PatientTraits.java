package fr.carnet.validation;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Strict traits of an identity (R3), as a document or its metadata states them; any may be missing.
 *
 * @param birthFamily birth name
 * @param firstGiven first given name of birth
 * @param birthDate birth date
 * @param gender {@code male}, {@code female}, {@code other} or {@code unknown}
 * @param birthPlace INSEE code of the commune or country of birth
 */
public record PatientTraits(
        Optional<String> birthFamily,
        Optional<String> firstGiven,
        Optional<LocalDate> birthDate,
        Optional<String> gender,
        Optional<String> birthPlace) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}'’ʼ]+");

    /** @throws NullPointerException if a component is null */
    public PatientTraits {
        Objects.requireNonNull(birthFamily);
        Objects.requireNonNull(firstGiven);
        Objects.requireNonNull(birthDate);
        Objects.requireNonNull(gender);
        Objects.requireNonNull(birthPlace);
    }

    /**
     * Traits that differ from the registered ones (R8): compared in upper case, without accents, hyphen and apostrophe
     * read as space; a trait that either side lacks is no difference.
     */
    public Set<Trait> differencesFrom(PatientTraits registered) {
        Set<Trait> differences = EnumSet.noneOf(Trait.class);
        addIf(differs(birthFamily, registered.birthFamily), Trait.BIRTH_FAMILY, differences);
        addIf(differs(firstGiven, registered.firstGiven), Trait.FIRST_GIVEN, differences);
        addIf(differs(gender, registered.gender), Trait.GENDER, differences);
        addIf(differs(birthPlace, registered.birthPlace), Trait.BIRTH_PLACE, differences);
        addIf(
                birthDate.isPresent() && registered.birthDate.isPresent() && !birthDate.equals(registered.birthDate),
                Trait.BIRTH_DATE,
                differences);
        return differences;
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "PatientTraits[…]";
    }

    private static void addIf(boolean differs, Trait trait, Set<Trait> differences) {
        if (differs) {
            differences.add(trait);
        }
    }

    private static boolean differs(Optional<String> stated, Optional<String> registered) {
        return stated.isPresent()
                && registered.isPresent()
                && !normal(stated.get()).equals(normal(registered.get()));
    }

    private static String normal(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return SEPARATORS.matcher(bare).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
    }

    /** A strict trait; its name is what a refusal says. */
    public enum Trait {
        BIRTH_FAMILY,
        FIRST_GIVEN,
        BIRTH_DATE,
        GENDER,
        BIRTH_PLACE
    }
}

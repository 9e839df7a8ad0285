package fr.carnet.directory.insi;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Traits to search by, written as INSi wants them: capitals without accents; hyphens, apostrophes and spaces stay.
 *
 * @param birthName birth name
 * @param givenName one given name of birth, the first by preference
 * @param sex sex
 * @param birthDate {@code yyyy-mm-dd}; day or month may be one that no calendar knows
 * @param birthPlace INSEE code of the commune or country of birth, 5 characters; empty when not known
 */
public record SearchedTraits(
        String birthName, String givenName, Sex sex, String birthDate, Optional<String> birthPlace) {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z' -]{0,99}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern PLACE = Pattern.compile("[0-9][0-9AB][0-9]{3}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** @throws IllegalArgumentException naming the trait that is missing or has another shape; never its value */
    public SearchedTraits {
        birthName = name(birthName, "birthName");
        givenName = name(givenName, "givenName");
        if (sex == null) {
            throw new IllegalArgumentException("sex");
        }
        require(birthDate != null && DATE.matcher(birthDate).matches(), "birthDate");
        Objects.requireNonNull(birthPlace);
        require(birthPlace.map(place -> PLACE.matcher(place).matches()).orElse(true), "birthPlace");
    }

    private static String name(String name, String trait) {
        require(name != null, trait);
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replace("Œ", "OE")
                .replace("Æ", "AE")
                .replace('’', '\'')
                .strip();
        require(NAME.matcher(plain).matches(), trait);
        return plain;
    }

    private static void require(boolean condition, String trait) {
        if (!condition) {
            throw new IllegalArgumentException(trait);
        }
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "SearchedTraits";
    }
}

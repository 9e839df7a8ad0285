package fr.carnet.messaging.notice;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a holder wants to be told (R97). Of emergencies and of his record he is told in any case.
 *
 * @param email address known to the space
 * @param ownEmail address that he alone reads, for what is hidden from his representatives (R99)
 * @param language {@code fr} or {@code en}
 * @param letter by post, though there is an address
 * @param documents told of new documents
 * @param accesses told of first accesses
 */
public record Preference(
        Optional<String> email,
        Optional<String> ownEmail,
        String language,
        boolean letter,
        boolean documents,
        boolean accesses) {

    /** Of whoever said nothing. */
    public static final Preference NONE = new Preference(Optional.empty(), Optional.empty(), "fr", false, true, true);

    /** Languages in which there are texts. */
    public static final Set<String> LANGUAGES = Set.of("fr", "en");

    Locale locale() {
        return language.equals("en") ? Locale.ENGLISH : Locale.ROOT;
    }

    Channel channel() {
        return email.isPresent() && !letter ? Channel.MAIL : Channel.LETTER;
    }

    /** How he is told what others may not read: at his own address, whatever those wished who act for him. */
    Preference alone() {
        return ownEmail.isEmpty() ? this : new Preference(ownEmail, ownEmail, language, false, true, true);
    }

    boolean wants(Sentence sentence) {
        return switch (sentence) {
            case NEW_DOCUMENT -> documents;
            case FIRST_ACCESS -> accesses;
            default -> true;
        };
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "Preference[" + language + "]";
    }

    /** How a notice leaves. */
    enum Channel {
        MAIL,
        LETTER,
        /** Only in the record. */
        NONE
    }
}

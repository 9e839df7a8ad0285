package fr.carnet.shared;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The sentences that people read: French by default, English beside, from the message bundles. */
public final class Texts {

    private static final List<String> BUNDLES = List.of(
            "messages/rules",
            "messages/errors",
            "messages/validation",
            "messages/profile",
            "messages/dmp",
            "messages/door",
            "messages/token",
            "messages/explanation",
            "messages/trace",
            "messages/messaging",
            "messages/establishment",
            "messages/start");
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final Locale locale;

    private Texts(Locale locale) {
        this.locale = locale;
    }

    /**
     * Texts for a reader.
     *
     * @param acceptLanguage value of the HTTP header; null or anything but English first means French
     */
    public static Texts of(String acceptLanguage) {
        boolean english = acceptLanguage != null
                && acceptLanguage.strip().toLowerCase(Locale.ROOT).startsWith("en");
        return new Texts(english ? Locale.ENGLISH : Locale.ROOT);
    }

    /** Sentence of an issue. */
    public String say(Fault.Issue issue) {
        return say(issue.messageKey(), issue.args().toArray());
    }

    /**
     * Sentence of a key.
     *
     * @throws MissingResourceException if no bundle has it
     */
    public String say(String key, Object... args) {
        return BUNDLES.stream()
                .map(this::bundle)
                .flatMap(Optional::stream)
                .filter(bundle -> bundle.containsKey(key))
                .findFirst()
                .map(bundle -> new MessageFormat(bundle.getString(key), locale).format(args))
                .orElseThrow(() -> new MissingResourceException("no text for " + key, "messages", key));
    }

    /** Of a label that a table has in both languages, the reader's. */
    public String choose(String french, String english) {
        return locale.equals(Locale.ENGLISH) ? english : french;
    }

    /** True when there is a sentence for a key. */
    public static boolean knows(String key) {
        Texts french = new Texts(Locale.ROOT);
        return BUNDLES.stream()
                .map(french::bundle)
                .flatMap(Optional::stream)
                .anyMatch(bundle -> bundle.containsKey(key));
    }

    private Optional<ResourceBundle> bundle(String name) {
        try {
            return Optional.of(ResourceBundle.getBundle(name, locale, NO_FALLBACK));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}

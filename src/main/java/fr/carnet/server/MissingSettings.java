package fr.carnet.server;

import fr.carnet.shared.Texts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A production server lacks settings; the message is one sentence per setting. */
final class MissingSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is missing.
     *
     * @param properties names of the missing properties
     * @param locale language of the operator; French unless English
     */
    MissingSettings(List<String> properties, Locale locale) {
        super(properties.stream().map(property -> sentence(property, locale)).collect(Collectors.joining("\n")));
    }

    private static String sentence(String property, Locale locale) {
        String kind = property.replaceAll("\\[\\d+]", "");
        return Texts.of(locale.getLanguage()).say("start." + kind, property, variable(property));
    }

    /** Spring's canonical environment variable of a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replaceAll("\\[(\\d+)]", "_$1")
                .replace('.', '_');
    }
}

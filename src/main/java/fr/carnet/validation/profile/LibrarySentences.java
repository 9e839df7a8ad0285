package fr.carnet.validation.profile;

import java.text.MessageFormat;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;

/**
 * Reads back what the library filled into one of its English sentences, so that the sentence can be said in another
 * language. On a machine of a language into which the library is translated nothing is read back, and its own sentence is told.
 */
final class LibrarySentences {

    private static final ResourceBundle TEMPLATES = ResourceBundle.getBundle("Messages", Locale.ROOT);
    private static final List<String> FORMS = List.of("", "_one", "_other");

    private LibrarySentences() {}

    /** Values in the order of the template; empty when the sentence is not of this template. */
    static List<String> args(String message, String sentence) {
        return FORMS.stream()
                .map(form -> message + form)
                .filter(TEMPLATES::containsKey)
                .map(key -> new MessageFormat(TEMPLATES.getString(key), Locale.ENGLISH))
                .map(template -> parse(template, sentence))
                .filter(args -> !args.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> parse(MessageFormat template, String sentence) {
        // no number or choice: a value is whatever stands between the words
        template.setFormatsByArgumentIndex(new java.text.Format[template.getFormatsByArgumentIndex().length]);
        ParsePosition position = new ParsePosition(0);
        Object[] args = template.parse(sentence, position);
        if (args == null || position.getIndex() != sentence.length()) {
            return List.of();
        }
        return Arrays.stream(args).map(arg -> Objects.toString(arg, "")).toList();
    }
}

package fr.carnet.server.guide;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The French words of the pages. */
final class Words {

    private static final ResourceBundle WORDS = ResourceBundle.getBundle(
            "guide.guide", Locale.ROOT, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));

    private Words() {}

    static String of(String key) {
        return WORDS.getString(key);
    }

    static String of(String key, Object... arguments) {
        return new MessageFormat(of(key), Locale.FRENCH).format(arguments);
    }
}

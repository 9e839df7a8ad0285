package fr.carnet.validation;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Sentences of findings: French, or English where asked ({@code messages/validation}). */
public final class FindingTexts {

    private static final String BUNDLE = "messages.validation";
    private static final Control NO_DEFAULT_LOCALE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private FindingTexts() {}

    /** The sentence of a finding; French unless the locale's language is English. */
    public static String sentence(Finding finding, Locale locale) {
        String pattern =
                ResourceBundle.getBundle(BUNDLE, locale, NO_DEFAULT_LOCALE).getString(finding.messageKey());
        return new MessageFormat(pattern, locale).format(finding.args().toArray());
    }
}

package fr.carnet.messaging.notice;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.springframework.stereotype.Component;

/** The sentences of notices, in the language of whoever reads them. */
@Component
class NoticeTexts {

    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final NoticeSettings settings;

    NoticeTexts(NoticeSettings settings) {
        this.settings = settings;
    }

    List<String> lines(List<Sentence> sentences, Locale language) {
        return sentences.stream().map(sentence -> say(sentence.key(), language)).toList();
    }

    String subject(Locale language) {
        return say("notice.subject", language);
    }

    /** A whole mail: that something is new, and an invitation to log in (R98). */
    String mail(List<Sentence> sentences, Locale language) {
        return String.join(
                "\n\n",
                say("notice.greeting", language),
                String.join("\n", lines(sentences, language)),
                say("notice.invitation", language, settings.portal()),
                say("notice.why", language));
    }

    /** To a professional: nobody's name leaves. */
    String mailToProfessional(List<Sentence> sentences) {
        return String.join(
                "\n\n",
                say("notice.greeting", Locale.ROOT),
                String.join("\n", lines(sentences, Locale.ROOT)),
                say("notice.invitation-professional", Locale.ROOT));
    }

    String say(String key, Locale language, Object... arguments) {
        String pattern = ResourceBundle.getBundle("messages/notice", language, NO_FALLBACK)
                .getString(key);
        return new MessageFormat(pattern, language).format(arguments);
    }
}

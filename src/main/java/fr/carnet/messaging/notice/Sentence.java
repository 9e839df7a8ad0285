package fr.carnet.messaging.notice;

import fr.carnet.dmp.OwedNotice.Kind;
import java.util.Locale;

/** What a notice may say; none names a document, a professional, a structure or a state of health (R98). */
enum Sentence {
    NEW_DOCUMENT,
    FIRST_ACCESS,
    MESSAGE,
    EMERGENCY,
    SEE_A_PROFESSIONAL,
    RECORD_ANNOUNCED,
    RECORD_OPENED,
    RECORD_DESTROYED,
    RECORD_DELETED,
    RECORD_CLOSED,
    RECORD_CHANGED,
    PATIENT_IN_EMERGENCY;

    static Sentence of(Kind kind, String rule) {
        return switch (kind) {
            case HOLDER_OF_DOCUMENT -> NEW_DOCUMENT;
            case HOLDER_OF_ACCESS -> FIRST_ACCESS;
            case HOLDER_OF_MESSAGE -> MESSAGE;
            case HOLDER_OF_EMERGENCY -> EMERGENCY;
            case HOLDER_TO_SEE_A_PROFESSIONAL -> SEE_A_PROFESSIONAL;
            case TREATING_PHYSICIAN_OF_EMERGENCY -> PATIENT_IN_EMERGENCY;
            case HOLDER_BEFORE_OPENING -> RECORD_ANNOUNCED;
            case HOLDER_OF_RECORD -> ofRecord(rule);
        };
    }

    private static Sentence ofRecord(String rule) {
        return switch (rule) {
            case "R12" -> RECORD_OPENED;
            case "R22" -> RECORD_DESTROYED;
            case "R23" -> RECORD_DELETED;
            case "R26" -> RECORD_CLOSED;
            default -> RECORD_CHANGED;
        };
    }

    /** Does not wait for the yearly letter: an emergency, and what became of the record. */
    boolean isPrompt() {
        return switch (this) {
            case NEW_DOCUMENT, FIRST_ACCESS, MESSAGE, SEE_A_PROFESSIONAL -> false;
            case EMERGENCY,
                    RECORD_ANNOUNCED,
                    RECORD_OPENED,
                    RECORD_DESTROYED,
                    RECORD_DELETED,
                    RECORD_CLOSED,
                    RECORD_CHANGED,
                    PATIENT_IN_EMERGENCY -> true;
        };
    }

    /** Key in the bundle {@code messages/notice}. */
    String key() {
        return "notice." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

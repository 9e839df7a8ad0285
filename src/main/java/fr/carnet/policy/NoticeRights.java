package fr.carnet.policy;

import fr.carnet.shared.Visibility;
import java.time.Instant;

/**
 * Who may be told of what, when it is told (R99): what was owed may have been hidden, deleted or shown in the meantime, and a
 * record closed. Nobody is told in the name of the dead (R27).
 */
record NoticeRights(LegalCalendar calendar) {

    /** R96, R112, R114: of a document that he sees now. */
    boolean ofDocument(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return isThere(patient, document, ownAddress, now)
                && !calendar.announcement(document, now).hides();
    }

    /** R113: to see a professional, as long as a document awaits its announcement. */
    boolean invitation(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return isThere(patient, document, ownAddress, now)
                && document.current()
                && calendar.announcement(document, now).hides();
    }

    /** R57, R96: of an access, which stays true when the record is closed. */
    boolean ofAccess(PatientFacts patient, Instant now) {
        return !patient.deceased() && calendar.stateOf(patient, now).isRecord();
    }

    /** R165: that a message waits, in an activated space alone. */
    boolean ofMessage(PatientFacts patient, Instant now) {
        return !patient.deceased() && calendar.stateOf(patient, now) == RecordState.OPENED_ACTIVATED;
    }

    /** R12, R22, R23, R26: of what became of the record, up to its destruction. */
    boolean ofRecord(PatientFacts patient) {
        return !patient.deceased();
    }

    /** R11: that a space will be opened, as long as the six weeks run and nobody opposed. */
    boolean beforeOpening(PatientFacts patient, Instant now) {
        return !patient.deceased() && calendar.stateOf(patient, now) == RecordState.NOTIFIED;
    }

    /** R57: the treating physician, of an access in an emergency. */
    boolean toTreatingPhysician(PatientFacts patient, Instant now) {
        return patient.treatingPhysician().isPresent()
                && calendar.stateOf(patient, now).isRecord();
    }

    private boolean isThere(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return !document.deleted() && isOwed(patient, now) && isHis(patient, document, ownAddress, now);
    }

    /** R96, R112–R114: of a document of an open record; whether it is told is decided when it leaves. */
    boolean isOwed(PatientFacts patient, Instant now) {
        return !patient.deceased() && calendar.stateOf(patient, now).isOpen();
    }

    /** R99: it reaches no representative from whom the document is hidden; a minor's mail does, unless it is his own. */
    private boolean isHis(PatientFacts patient, DocumentFacts document, boolean ownAddress, Instant now) {
        return ownAddress || calendar.isOfAge(patient, now) || !document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);
    }
}

package fr.carnet.policy;

import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Optional;

/** Step 10: the labels of one document (R100–R119). Each method gives the rule that shows the document, or hides it. */
record Visibilities(PolicySettings settings, LegalCalendar calendar) {

    /**
     * R108: the holder who masks everything hides it from all, depositor and treating physician included. R103, R105–R107: a
     * masked document stays readable by its depositor, his structure, the treating physician and his equals.
     */
    Rule toProfessional(Caller caller, PatientFacts patient, DocumentFacts document) {
        if (patient.choices().masksAll()) {
            return Rule.R108_MASKED;
        }
        if (!document.is(Visibility.MASQUE_PS)) {
            return Rule.R103_VISIBLE;
        }
        if (hasTreatingRights(caller, patient)) {
            return patient.isTreatedBy(caller.subject()) ? Rule.R106_TREATING_PHYSICIAN : Rule.R107_SAME_RIGHTS;
        }
        DocumentFacts.Depositor depositor = document.depositor();
        boolean deposited = depositor.subject().equals(caller.subject());
        boolean sameStructure =
                caller.structure().isPresent() && depositor.structure().equals(caller.structure());
        return deposited || sameStructure ? Rule.R105_DEPOSITOR : Rule.R105_MASKED;
    }

    /** R111, R114, R117: what the holder or his representative may see. */
    Rule toOwnSide(CallerKind kind, DocumentFacts document, Instant now) {
        Announcement announcement = calendar.announcement(document, now);
        if (announcement.hides()) {
            return Rule.R111_INVISIBLE;
        }
        if (kind == CallerKind.REPRESENTATIVE && document.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX)) {
            return Rule.R117_INVISIBLE;
        }
        return announcement == Announcement.OVERDUE ? Rule.R114_DELAY_OVER : Rule.R103_VISIBLE;
    }

    /** True while the holder may not see the document. */
    boolean isHiddenFromHolder(DocumentFacts document, Instant now) {
        return calendar.announcement(document, now).hides();
    }

    /** R102: both labels together only where the server allows it. */
    Optional<Rule> together(boolean masked, boolean invisibleToHolder) {
        return masked && invisibleToHolder && !settings.cumulInvisiblePatientMasquePs()
                ? Optional.of(Rule.R102_LABELS_EXCLUSIVE)
                : Optional.empty();
    }

    static boolean hasTreatingRights(Caller caller, PatientFacts patient) {
        return caller.isProfessional() && patient.givesTreatingRights(caller.subject());
    }

    /** R82, R128: another patient's document and a deleted one do not exist here. */
    static Optional<Rule> absence(AccessRequest request, DocumentFacts document) {
        if (!isOfPatient(request, document)) {
            return Optional.of(Rule.R82_OTHER_PATIENT);
        }
        return document.deleted() ? Optional.of(Rule.R128_DELETED) : Optional.empty();
    }

    static boolean isOfPatient(AccessRequest request, DocumentFacts document) {
        return request.patient()
                .filter(patient -> patient.id().equals(document.patient()))
                .isPresent();
    }
}

package fr.carnet.policy;

import fr.carnet.policy.PatientFacts.Representative;
import fr.carnet.policy.PatientFacts.Representative.Title;
import java.time.Instant;
import java.util.List;

/**
 * In what title somebody acts for a patient: a minor's parent (R119, R147), an adult's guardian or curator (R149); nobody for
 * the dead (R27).
 */
record Titles(LegalCalendar calendar) {

    /** The rule that lets him, or the one that refuses; a title counts between its dates only and ends with death (R27). */
    Rule verdict(String localId, PatientFacts patient, Instant now) {
        List<Title> held = patient.representatives().stream()
                .filter(representative -> representative.localId().equals(localId) && representative.holds(now))
                .map(Representative::title)
                .toList();
        if (patient.deceased() && !held.isEmpty()) {
            return Rule.R27_DECEASED;
        }
        boolean ofAge = calendar.isOfAge(patient, now);
        if (ofAge && held.contains(Title.GUARDIAN)) {
            return Rule.R149_GUARDIAN;
        }
        if (ofAge && held.contains(Title.CURATOR)) {
            return patient.choices().curators().contains(localId) ? Rule.R149_CURATOR : Rule.R149_NO_CONSENT;
        }
        if (!held.contains(Title.PARENT)) {
            return Rule.R147_NOT_REPRESENTATIVE;
        }
        return ofAge ? Rule.R119_NOT_REPRESENTATIVE : Rule.R147_REPRESENTATIVE;
    }
}

package fr.carnet.messaging.notice;

import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whether somebody may be told now of what is owed: asked of the policy when the notice is made, and again when it leaves (R99).
 *
 * @param policy to be asked
 * @param patients facts by FHIR id
 * @param documents facts by FHIR id
 * @param wishes how patients are told, by FHIR id; of addresses of their own nothing where the notice does not go by mail
 * @param now the instant of telling
 */
record Audience(
        Policy policy,
        Map<String, PatientFacts> patients,
        Map<String, DocumentFacts> documents,
        Map<String, Preference> wishes,
        Instant now) {

    boolean mayBeTold(Owed owed) {
        PatientFacts patient = patients.get(owed.notice().patient());
        if (patient == null) {
            return false;
        }
        boolean ownAddress =
                wishes.getOrDefault(patient.id(), Preference.NONE).ownEmail().isPresent();
        return switch (owed.notice().kind()) {
            case HOLDER_OF_DOCUMENT ->
                document(owed)
                        .filter(facts -> policy.mayTellOfDocument(patient, facts, ownAddress, now))
                        .isPresent();
            case HOLDER_TO_SEE_A_PROFESSIONAL ->
                document(owed)
                        .filter(facts -> policy.mayInvite(patient, facts, ownAddress, now))
                        .isPresent();
            case HOLDER_OF_ACCESS, HOLDER_OF_EMERGENCY -> policy.mayTellOfAccess(patient, now);
            case HOLDER_OF_MESSAGE -> policy.mayTellOfMessage(patient, now);
            case HOLDER_BEFORE_OPENING -> policy.mayTellOfOpening(patient, now);
            case HOLDER_OF_RECORD -> policy.mayTellOfRecord(patient);
            case TREATING_PHYSICIAN_OF_EMERGENCY -> policy.mayTellTreatingPhysician(patient, now);
        };
    }

    /** R99: representatives learn of no document that is hidden from them, whoever's mail it is. */
    boolean concernsRepresentatives(Owed owed) {
        return owed.notice().document().isEmpty()
                || document(owed)
                        .filter(facts -> !facts.is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX))
                        .isPresent();
    }

    private Optional<DocumentFacts> document(Owed owed) {
        return owed.notice().document().map(documents::get);
    }
}

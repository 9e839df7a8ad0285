package fr.carnet.policy;

import fr.carnet.shared.AccessMode;
import fr.carnet.shared.ActorCode;
import fr.carnet.shared.Caller;
import java.util.Optional;
import java.util.Set;

/**
 * Step 3: purposes and sectors that the law shuts out (R60–R62), and whom it names apart (R63). Other functions of physicians,
 * such as maternal and child care or schools, make no difference (R64).
 */
record Purposes(Authorisations authorisations) {

    private static final String PRIVATE_INSURANCE = "SA23";
    private static final String OCCUPATIONAL_FUNCTION = "FON-29";
    private static final String OCCUPATIONAL_SPECIALTY = "SM25";
    private static final Set<String> OCCUPATIONAL_SECTORS = Set.of("SA13", "SA66");
    static final String NURSING_HOMES = "SA17";
    private static final Set<String> FIRE_BRIGADE_SECTORS = Set.of("SA47", "SA68");

    Optional<Rule> refusal(AccessRequest request) {
        Caller caller = request.caller();
        if (caller.sector().filter(PRIVATE_INSURANCE::equals).isPresent()) {
            return Optional.of(Rule.R60_PURPOSE_PROHIBITED);
        }
        boolean emergency =
                request.context().mode().filter(AccessMode::isEmergency).isPresent();
        if (isOccupational(caller) && (emergency || !hasExpressConsent(request))) {
            return Optional.of(Rule.R61_PURPOSE_PROHIBITED);
        }
        if (isFireBrigadePhysician(caller) && !emergency && !hasExpressConsent(request)) {
            return Optional.of(Rule.R62_PURPOSE_PROHIBITED);
        }
        return Optional.empty();
    }

    /** R61, R62: neither a declared consent nor the team is enough for him. */
    static boolean needsExpressConsent(Caller caller) {
        return isOccupational(caller) || isFireBrigadePhysician(caller);
    }

    /**
     * R63: no code tells the coordinating physician of a nursing home, so every physician who acts in an establishment for the
     * elderly is taken for one.
     */
    static boolean isNursingHomePhysician(Caller caller) {
        return caller.isProfessional()
                && caller.role().filter(ActorCode::isPhysician).isPresent()
                && caller.sector().filter(NURSING_HOMES::equals).isPresent();
    }

    private boolean hasExpressConsent(AccessRequest request) {
        return request.patient()
                .filter(patient -> authorisations.isExpress(request.caller(), patient, request.now()))
                .isPresent();
    }

    private static boolean isOccupational(Caller caller) {
        return caller.function().filter(OCCUPATIONAL_FUNCTION::equals).isPresent()
                || caller.specialty().filter(OCCUPATIONAL_SPECIALTY::equals).isPresent()
                || caller.sector().filter(OCCUPATIONAL_SECTORS::contains).isPresent();
    }

    private static boolean isFireBrigadePhysician(Caller caller) {
        return caller.role().filter(ActorCode::isPhysician).isPresent()
                && caller.sector().filter(FIRE_BRIGADE_SECTORS::contains).isPresent();
    }
}

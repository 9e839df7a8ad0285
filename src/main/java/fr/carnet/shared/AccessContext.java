package fr.carnet.shared;

import java.util.Objects;
import java.util.Optional;

/**
 * The circumstances that the token states, built once per request, never from a free header.
 *
 * @param patient patient named by the token; optional
 * @param mode purpose of use; empty when the token states a code that is no mode (R50)
 * @param emergency what the caller states in an emergency (R51)
 * @param secretConnection the token carries a confidentiality code: a minor's secret care (R141)
 */
public record AccessContext(
        Optional<Ins> patient, Optional<AccessMode> mode, EmergencyStatement emergency, boolean secretConnection) {

    /** The normal mode, nothing else stated, no patient named. */
    public static final AccessContext NORMAL =
            new AccessContext(Optional.empty(), Optional.of(AccessMode.NORMAL), EmergencyStatement.NONE, false);

    /** @throws NullPointerException if a component is missing */
    public AccessContext {
        Objects.requireNonNull(patient);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(emergency);
    }

    /** The same circumstances, naming this patient. */
    public AccessContext about(Optional<Ins> other) {
        return new AccessContext(other, mode, emergency, secretConnection);
    }

    /**
     * The two facts and the reason of a break-glass (R51).
     *
     * @param reason free text; empty when not given
     * @param unableToConsent the person cannot express her will
     * @param immediateRisk there is an immediate risk for her health
     */
    public record EmergencyStatement(Optional<String> reason, boolean unableToConsent, boolean immediateRisk) {

        /** Nothing stated. */
        public static final EmergencyStatement NONE = new EmergencyStatement(Optional.empty(), false, false);

        /** True when both facts and a reason that is not blank are there. */
        public boolean isComplete() {
            return unableToConsent
                    && immediateRisk
                    && reason.filter(r -> !r.isBlank()).isPresent();
        }
    }
}

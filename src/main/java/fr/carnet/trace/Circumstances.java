package fr.carnet.trace;

import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessMode;
import java.util.Objects;
import java.util.Optional;

/**
 * In which circumstances the caller came (R50–R57, R144).
 *
 * @param mode purpose of use; empty when none was stated, or one that is no mode
 * @param emergencyReason free text given with a break-glass
 * @param secretConnection a minor's secret care
 */
public record Circumstances(Optional<AccessMode> mode, Optional<String> emergencyReason, boolean secretConnection) {

    /** Of a request without a valid token. */
    public static final Circumstances UNKNOWN = new Circumstances(Optional.empty(), Optional.empty(), false);

    /** @throws NullPointerException if a component is missing */
    public Circumstances {
        Objects.requireNonNull(mode);
        Objects.requireNonNull(emergencyReason);
    }

    /** The part of an access context that is traced. */
    public static Circumstances of(AccessContext context) {
        return new Circumstances(context.mode(), context.emergency().reason(), context.secretConnection());
    }

    /** The reason may tell of the patient's health: it stays out of logs. */
    @Override
    public String toString() {
        return "Circumstances[" + mode + "]";
    }
}

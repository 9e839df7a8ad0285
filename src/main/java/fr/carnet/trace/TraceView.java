package fr.carnet.trace;

import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.Objects;
import java.util.Set;

/**
 * Whose traces are read, and by whom; made once the policy has permitted it.
 *
 * @param patient FHIR id of the Patient
 * @param viewer the holder, one of his representatives, or the auditor
 */
public record TraceView(String patient, Caller viewer) {

    private static final Set<CallerKind> VIEWERS =
            Set.of(CallerKind.HOLDER, CallerKind.REPRESENTATIVE, CallerKind.AUDITOR);

    /** @throws IllegalArgumentException if nobody of this kind reads a record's traces */
    public TraceView {
        Objects.requireNonNull(patient);
        if (!VIEWERS.contains(viewer.kind())) {
            throw new IllegalArgumentException("no view of the traces for a " + viewer.kind());
        }
    }

    /** The auditor sees every trace, but no title. */
    boolean isAudit() {
        return viewer.kind() == CallerKind.AUDITOR;
    }

    /** A minor's secret care is not told to his representatives (R144). */
    boolean seesSecretConnections() {
        return viewer.kind() != CallerKind.REPRESENTATIVE;
    }
}

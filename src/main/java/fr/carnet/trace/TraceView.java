package fr.carnet.trace;

import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose traces are read, and by whom; made once the policy has permitted it.
 *
 * @param viewer the holder or one of his representatives; the auditor; a professional, who sees his own accesses; a machine,
 *     which sees those made in the name of its structure
 * @param patient FHIR id of the one record; without, the auditor and whoever reads his own see those of all records
 */
public record TraceView(Caller viewer, Optional<String> patient) {

    /** @throws IllegalArgumentException if nobody of this kind reads these traces */
    public TraceView {
        Objects.requireNonNull(patient);
        boolean sees =
                switch (viewer.kind()) {
                    case HOLDER, REPRESENTATIVE -> patient.isPresent();
                    case AUDITOR, PROFESSIONAL -> true;
                    case SYSTEM -> viewer.structure().isPresent();
                    case OPERATOR -> false;
                };
        if (!sees) {
            throw new IllegalArgumentException("no such view of the traces for a " + viewer.kind());
        }
    }

    /** The auditor sees every trace, but no title. */
    boolean isAudit() {
        return viewer.kind() == CallerKind.AUDITOR;
    }

    /** True for whoever sees the accesses that are his own or his structure's, in whichever record. */
    public boolean isOfOwn() {
        return viewer.kind() == CallerKind.PROFESSIONAL || viewer.kind() == CallerKind.SYSTEM;
    }

    /** The structure whose accesses a machine sees. */
    StructureId structure() {
        return viewer.structure().orElseThrow();
    }

    /** A minor's secret care is not told to his representatives (R144). */
    boolean seesSecretConnections() {
        return viewer.kind() != CallerKind.REPRESENTATIVE;
    }
}

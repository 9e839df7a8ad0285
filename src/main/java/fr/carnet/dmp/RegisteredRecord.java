package fr.carnet.dmp;

import fr.carnet.policy.RecordState;
import fr.carnet.shared.Ins;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a stored Patient says of identity and record.
 *
 * @param ins current matricule
 * @param traits strict traits
 * @param state last state that the operator set
 * @param stateSince since when
 * @param treatingPhysician idNat_PS of the médecin traitant (R106)
 */
record RegisteredRecord(
        Ins ins, RegisteredTraits traits, RecordState state, Instant stateSince, Optional<String> treatingPhysician) {

    RegisteredRecord {
        Objects.requireNonNull(ins);
        Objects.requireNonNull(traits);
        Objects.requireNonNull(state);
        Objects.requireNonNull(stateSince);
        Objects.requireNonNull(treatingPhysician);
    }
}

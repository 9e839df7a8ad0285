package fr.carnet.dmp;

import fr.carnet.policy.RecordState;
import fr.carnet.shared.Ins;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stored Patient says of identity and record.
 *
 * @param ins current matricule
 * @param former matricules that he had before, in the order of the resource (R9)
 * @param traits strict traits
 * @param deceased R27
 * @param state last state that the operator set
 * @param stateSince since when
 * @param treatingPhysician idNat_PS of the médecin traitant (R106)
 */
record RegisteredRecord(
        Ins ins,
        List<Ins> former,
        RegisteredTraits traits,
        boolean deceased,
        RecordState state,
        Instant stateSince,
        Optional<String> treatingPhysician) {

    RegisteredRecord {
        Objects.requireNonNull(ins);
        former = List.copyOf(former);
        Objects.requireNonNull(traits);
        Objects.requireNonNull(state);
        Objects.requireNonNull(stateSince);
        Objects.requireNonNull(treatingPhysician);
    }

    /** All of them, the current one first. */
    Stream<Ins> matricules() {
        return Stream.concat(Stream.of(ins), former.stream());
    }
}

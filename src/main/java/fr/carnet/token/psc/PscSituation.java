package fr.carnet.token.psc;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.StructureId;
import java.util.Optional;

/**
 * One activity that Pro Santé Connect lists: what a professional may act as, and where (R85).
 *
 * @param name under which he exercises there
 * @param profession column of the matrix
 * @param specialty savoir-faire, or section of a pharmacist
 * @param sector TRE_R02
 * @param structure idNat_Struct; empty for an activity without one
 * @param structureName its display name
 */
record PscSituation(
        String name,
        ActorCode profession,
        Optional<String> specialty,
        Optional<String> sector,
        Optional<StructureId> structure,
        Optional<String> structureName) {

    /** True if somebody may act in it: where, and in which sector, is known. */
    boolean isComplete() {
        return structure.isPresent() && sector.isPresent();
    }

    boolean isIn(StructureId chosen) {
        return structure.filter(chosen::equals).isPresent();
    }
}

package fr.carnet.directory;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.StructureId;
import java.util.Objects;
import java.util.Optional;

/**
 * The situation in which an assertion says that a professional acts; what it does not state is not compared.
 *
 * @param profession column of the matrix
 * @param specialty savoir-faire or section
 * @param sector sector of activity (TRE_R02)
 * @param structure structure in whose name he acts
 */
public record StatedSituation(
        ActorCode profession, Optional<String> specialty, Optional<String> sector, Optional<StructureId> structure) {

    /** @throws NullPointerException if a component is missing */
    public StatedSituation {
        Objects.requireNonNull(profession);
        Objects.requireNonNull(specialty);
        Objects.requireNonNull(sector);
        Objects.requireNonNull(structure);
    }

    /** A profession and nothing else. */
    public static StatedSituation of(ActorCode profession) {
        return new StatedSituation(profession, Optional.empty(), Optional.empty(), Optional.empty());
    }
}

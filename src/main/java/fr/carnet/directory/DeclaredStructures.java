package fr.carnet.directory;

import fr.carnet.shared.StructureId;

/** The structures that certified themselves to the DMP security reference (R79). */
@FunctionalInterface
public interface DeclaredStructures {

    /**
     * True when this identifier is on the list, as a legal entity or as one of its establishments.
     *
     * @throws DirectoryUnavailable if the list cannot be read, or none was ever loaded
     */
    boolean contains(StructureId structure);
}

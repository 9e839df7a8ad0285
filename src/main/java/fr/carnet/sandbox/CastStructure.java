package fr.carnet.sandbox;

import fr.carnet.shared.StructureId;
import java.util.Objects;
import java.util.Optional;

/**
 * A fictional structure.
 *
 * @param id name in the cast, e.g. {@code hospital}
 * @param structure national identifier
 * @param name display name
 * @param sector sector of activity (TRE_R02)
 */
public record CastStructure(String id, StructureId structure, String name, Optional<String> sector) {

    /** @throws NullPointerException if a component is missing */
    public CastStructure {
        Objects.requireNonNull(id);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(name);
        Objects.requireNonNull(sector);
    }

    static CastStructure of(Table.Row row) {
        return new CastStructure(
                row.get("id"), new StructureId(row.get("id_nat_struct")), row.get("name"), row.find("sector"));
    }
}

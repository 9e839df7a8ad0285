package fr.carnet.sandbox;

import fr.carnet.shared.CallerKind;
import fr.carnet.shared.StructureId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody of the directory in one of his situations: professionals of the cast, and others who are there to be refused.
 *
 * @param id name in the cast or in {@code directory.tsv}
 * @param family family name
 * @param given first name
 * @param idNatPs national identifier
 * @param profession column of the matrix
 * @param specialty savoir-faire, section of a pharmacist
 * @param sector sector of activity (TRE_R02)
 * @param structure where he acts
 * @param open false if he left the register
 * @param note what he is there for, in English
 */
public record DirectoryPerson(
        String id,
        String family,
        String given,
        String idNatPs,
        String profession,
        Optional<String> specialty,
        Optional<String> sector,
        StructureId structure,
        boolean open,
        String note) {

    /** @throws NullPointerException if a component is missing */
    public DirectoryPerson {
        Objects.requireNonNull(idNatPs);
        Objects.requireNonNull(profession);
        Objects.requireNonNull(structure);
    }

    /** Everybody, those who left included. */
    static List<DirectoryPerson> all(Cast cast) {
        return Stream.concat(
                        cast.actors().stream()
                                .filter(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                                .flatMap(actor ->
                                        cast.structuresOf(actor).stream().map(structure -> of(actor, structure, cast))),
                        beside(cast).stream())
                .toList();
    }

    /** Those who are not of the cast. */
    static List<DirectoryPerson> beside(Cast cast) {
        return Table.read("directory.tsv").rows().stream()
                .map(row -> of(row, cast))
                .toList();
    }

    private static DirectoryPerson of(Actor actor, CastStructure structure, Cast cast) {
        return new DirectoryPerson(
                actor.id(),
                actor.family().orElseThrow(),
                actor.given().orElseThrow(),
                actor.idNatPs().orElseThrow(),
                actor.profession().orElseThrow(),
                actor.specialty(),
                cast.sectorOf(actor, structure),
                structure.structure(),
                true,
                actor.note());
    }

    private static DirectoryPerson of(Table.Row row, Cast cast) {
        return new DirectoryPerson(
                row.get("id"),
                row.get("family"),
                row.get("given"),
                row.get("id_nat_ps"),
                row.get("profession"),
                row.find("specialty_or_section"),
                row.find("sector"),
                structure(row.get("structure"), cast),
                row.get("state").equals("open"),
                row.get("note"));
    }

    private static StructureId structure(String id, Cast cast) {
        return cast.structure(id).orElseThrow().structure();
    }
}

package fr.carnet.sandbox;

import fr.carnet.shared.CallerKind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody of the cast who can ask for a token.
 *
 * @param id name in the cast, e.g. {@code dr-martin}
 * @param kind sort of caller
 * @param family family name; professionals and representatives only
 * @param given first name; same
 * @param idNatPs national id of a professional
 * @param profession column of the matrix, e.g. {@code 10} or {@code R85:331}
 * @param specialty savoir-faire (TRE_R38) of a physician, section of a pharmacist
 * @param sector sector of activity (TRE_R02)
 * @param structure id of his structure in the cast
 * @param function function of the activity, e.g. {@code FON-29}
 * @param regulator regulating physician of an emergency call centre (R54)
 * @param represents ids of the patients whom a representative represents or assists
 * @param relationship as what: PRN, GUARD (v3-RoleCode) or curator
 * @param note what he is there for, in English
 */
public record Actor(
        String id,
        CallerKind kind,
        Optional<String> family,
        Optional<String> given,
        Optional<String> idNatPs,
        Optional<String> profession,
        Optional<String> specialty,
        Optional<String> sector,
        Optional<String> structure,
        Optional<String> function,
        boolean regulator,
        List<String> represents,
        Optional<String> relationship,
        String note) {

    /** @throws NullPointerException if a component is missing */
    public Actor {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        represents = List.copyOf(represents);
    }

    static Actor of(Table.Row row) {
        return new Actor(
                row.get("id"),
                CallerKind.valueOf(row.get("kind").toUpperCase(Locale.ROOT)),
                row.find("family"),
                row.find("given"),
                row.find("id_nat_ps"),
                row.find("profession"),
                row.find("specialty_or_section"),
                row.find("sector"),
                row.find("structure"),
                row.find("function"),
                row.find("regulation").isPresent(),
                row.list("represents"),
                row.find("relationship"),
                row.get("note"));
    }
}

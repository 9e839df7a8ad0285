package fr.carnet.sandbox;

import java.util.List;

/**
 * A declared care team of the cast (R43).
 *
 * @param id name in the cast
 * @param structure id of its structure in the cast
 * @param members ids of its members in the cast
 */
public record CastTeam(String id, String structure, List<String> members) {

    /** @throws NullPointerException if there are no members */
    public CastTeam {
        members = List.copyOf(members);
    }

    static CastTeam of(Table.Row row) {
        return new CastTeam(row.get("id"), row.get("structure"), row.list("members"));
    }
}

package fr.carnet.sandbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole cast; fictional people on the agency's test identities.
 *
 * @param actors who can ask for a token
 * @param patients whose records exist
 * @param structures where professionals act
 * @param teams declared care teams
 * @param elsewhere other structures where actors act, by actor
 */
public record Cast(
        List<Actor> actors,
        List<CastPatient> patients,
        List<CastStructure> structures,
        List<CastTeam> teams,
        Map<String, List<String>> elsewhere) {

    /** @throws NullPointerException if a component is missing */
    public Cast {
        actors = List.copyOf(actors);
        patients = List.copyOf(patients);
        structures = List.copyOf(structures);
        teams = List.copyOf(teams);
        elsewhere = Map.copyOf(elsewhere);
    }

    /**
     * Reads the tables of the class path.
     *
     * @throws RuntimeException if one does not fit
     */
    public static Cast load() {
        return new Cast(
                Table.read("actors.tsv").rows().stream().map(Actor::of).toList(),
                Table.read("patients.tsv").rows().stream().map(CastPatient::of).toList(),
                Table.read("structures.tsv").rows().stream()
                        .map(CastStructure::of)
                        .toList(),
                Table.read("teams.tsv").rows().stream().map(CastTeam::of).toList(),
                Table.read("situations.tsv").rows().stream()
                        .collect(groupingBy(row -> row.get("actor"), mapping(row -> row.get("structure"), toList()))));
    }

    /** Structures where an actor acts, his own first. */
    public List<CastStructure> structuresOf(Actor actor) {
        return Stream.concat(actor.structure().stream(), elsewhere.getOrDefault(actor.id(), List.of()).stream())
                .map(this::structure)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Sector in which an actor acts in a structure: elsewhere than at his own it is that of the structure. */
    public Optional<String> sectorOf(Actor actor, CastStructure structure) {
        boolean own = actor.structure().filter(structure.id()::equals).isPresent();
        return own ? actor.sector().or(structure::sector) : structure.sector().or(actor::sector);
    }

    /** Actor of that id. */
    public Optional<Actor> actor(String id) {
        return actors.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    /** Patient of that id. */
    public Optional<CastPatient> patient(String id) {
        return patients.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /** Patient of that matricule. */
    public Optional<CastPatient> patientOfIns(String value) {
        return patients.stream().filter(p -> p.ins().value().equals(value)).findFirst();
    }

    /** Structure of that id. */
    public Optional<CastStructure> structure(String id) {
        return structures.stream().filter(s -> s.id().equals(id)).findFirst();
    }
}

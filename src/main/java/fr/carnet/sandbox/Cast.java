package fr.carnet.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * The whole cast; fictional people on the agency's test identities.
 *
 * @param actors who can ask for a token
 * @param patients whose records exist
 * @param structures where professionals act
 * @param teams declared care teams
 */
public record Cast(
        List<Actor> actors, List<CastPatient> patients, List<CastStructure> structures, List<CastTeam> teams) {

    /** @throws NullPointerException if a component is missing */
    public Cast {
        actors = List.copyOf(actors);
        patients = List.copyOf(patients);
        structures = List.copyOf(structures);
        teams = List.copyOf(teams);
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
                Table.read("teams.tsv").rows().stream().map(CastTeam::of).toList());
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

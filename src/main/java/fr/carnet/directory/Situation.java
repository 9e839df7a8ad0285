package fr.carnet.directory;

import fr.carnet.shared.ActorCode;
import fr.carnet.shared.StructureId;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A situation in which a professional acts: one line of the public extract, one {@code PractitionerRole} of a FHIR
 * directory.
 *
 * @param profession his profession (TRE_G15, {@code G16:} in training, {@code R94:}, {@code R95:}), else his role ({@code
 *     R85:}) or the kind of his activity ({@code R22:})
 * @param specialty savoir-faire (TRE_R38, e.g. {@code SM54}), section of a pharmacist (e.g. {@code A})
 * @param sector sector of activity (TRE_R02), e.g. {@code SA07}
 * @param structures every identifier of the structure where he acts, its legal entity included; empty when he has none
 * @param start first day; empty when not told
 * @param end last day; empty when not told or not over
 */
public record Situation(
        ActorCode profession,
        Optional<String> specialty,
        Optional<String> sector,
        Set<StructureId> structures,
        Optional<LocalDate> start,
        Optional<LocalDate> end) {

    /** @throws NullPointerException if a component is missing */
    public Situation {
        Objects.requireNonNull(profession);
        Objects.requireNonNull(specialty);
        Objects.requireNonNull(sector);
        structures = Set.copyOf(structures);
        Objects.requireNonNull(start);
        Objects.requireNonNull(end);
    }

    /** True when he acts so on that day. */
    public boolean inForce(LocalDate day) {
        return start.map(first -> !day.isBefore(first)).orElse(true)
                && end.map(last -> !day.isAfter(last)).orElse(true);
    }
}

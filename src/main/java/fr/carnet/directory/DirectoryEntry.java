package fr.carnet.directory;

import fr.carnet.shared.IdNatPs;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the directory says of a professional.
 *
 * @param professional his national identifier
 * @param family name under which he practises; empty when only his closure is remembered
 * @param given first name under which he practises; same
 * @param open he may practise; a closed entry has no situation in force whatever it lists
 * @param situations where and as what he acts
 */
public record DirectoryEntry(
        IdNatPs professional, String family, String given, boolean open, List<Situation> situations) {

    private static final String RPPS_PREFIX = "8";

    /** @throws NullPointerException if a component is missing */
    public DirectoryEntry {
        Objects.requireNonNull(professional);
        Objects.requireNonNull(family);
        Objects.requireNonNull(given);
        situations = List.copyOf(situations);
    }

    /** Somebody who was there and is not any more. */
    public static DirectoryEntry closed(IdNatPs professional) {
        return new DirectoryEntry(professional, "", "", false, List.of());
    }

    /** His RPPS number, 11 digits; empty when he is registered under another. */
    public Optional<String> rpps() {
        return Optional.of(professional.value())
                .filter(value -> value.startsWith(RPPS_PREFIX))
                .map(value -> value.substring(RPPS_PREFIX.length()));
    }

    /**
     * Whether this entry bears out what an assertion states (R76): one situation in force must have all of it.
     *
     * @param stated what the assertion says
     * @param day the day of the assertion, in Paris
     */
    public Agreement agreementWith(StatedSituation stated, LocalDate day) {
        List<Situation> left = situations.stream().filter(s -> s.inForce(day)).toList();
        if (!open || left.isEmpty()) {
            return Agreement.CLOSED;
        }
        left = among(left, s -> s.profession().equals(stated.profession()));
        if (left.isEmpty()) {
            return Agreement.OTHER_PROFESSION;
        }
        left = among(left, s -> stated.specialty().isEmpty() || s.specialty().equals(stated.specialty()));
        if (left.isEmpty()) {
            return Agreement.OTHER_SPECIALTY;
        }
        left = among(left, s -> stated.sector().isEmpty() || s.sector().equals(stated.sector()));
        if (left.isEmpty()) {
            return Agreement.OTHER_SECTOR;
        }
        left = among(left, s -> stated.structure().map(s.structures()::contains).orElse(true));
        return left.isEmpty() ? Agreement.OTHER_STRUCTURE : Agreement.BORNE_OUT;
    }

    private static List<Situation> among(List<Situation> situations, Predicate<Situation> condition) {
        return situations.stream().filter(condition).toList();
    }

    /** Whether the directory bears out a statement; what is not borne out is refused (R76), an unknown number too. */
    public enum Agreement {
        BORNE_OUT,
        /** He may not practise, or not in any situation any more. */
        CLOSED,
        OTHER_PROFESSION,
        OTHER_SPECIALTY,
        OTHER_SECTOR,
        OTHER_STRUCTURE
    }

    /** Names stay out of logs. */
    @Override
    public String toString() {
        return "DirectoryEntry[" + (open ? "open" : "closed") + ", " + situations.size() + " situations]";
    }
}

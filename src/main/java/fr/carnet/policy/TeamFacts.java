package fr.carnet.policy;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A care team, sent or stored (R43).
 *
 * @param ofOnePatient true if it names a patient; otherwise it serves all patients of its structure
 * @param members idNat_PS
 * @param structure idNat_Struct in whose name it was declared
 * @param declarer who declared it when it is changed or read; empty on declaration
 * @param healthProfessional true if the profession that it states of a member is one of health
 */
public record TeamFacts(
        boolean ofOnePatient,
        Set<String> members,
        Optional<String> structure,
        Optional<Declarer> declarer,
        boolean healthProfessional)
        implements CircleFacts {

    /** @throws NullPointerException if a component is missing */
    public TeamFacts {
        members = Set.copyOf(members);
        Objects.requireNonNull(structure);
        Objects.requireNonNull(declarer);
    }

    /** Who may declare a team. */
    public enum Declarer {
        /** The operator: a formal set of professionals. */
        OPERATOR,
        /** A structure, for its own staff. */
        STRUCTURE,
        /** The holder, who recognises its members. */
        HOLDER
    }
}

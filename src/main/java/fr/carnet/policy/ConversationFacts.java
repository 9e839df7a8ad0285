package fr.carnet.policy;

import fr.carnet.shared.Caller;
import fr.carnet.shared.StructureId;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversation between a patient and a mailbox of a professional or a structure (R160–R164).
 *
 * @param professional idNat_PS of the owner of a personal mailbox; empty for a mailbox of a structure
 * @param structure whose mailbox it is, or in whose name the professional writes
 * @param officine true for the mailbox of a community pharmacy (R162)
 * @param takesReplies false for an applicative mailbox, which nobody reads (R164)
 * @param closed the professional has ended it (R163)
 * @param hiddenFromRepresentatives begun in a secret connection: between the minor and the professional (R141, R170)
 */
public record ConversationFacts(
        Optional<String> professional,
        Optional<StructureId> structure,
        boolean officine,
        boolean takesReplies,
        boolean closed,
        boolean hiddenFromRepresentatives)
        implements CircleFacts {

    /** @throws NullPointerException if a component is missing */
    public ConversationFacts {
        Objects.requireNonNull(professional);
        Objects.requireNonNull(structure);
    }

    /** True for the owner of a personal mailbox, and for whoever acts in the name of the structure of any other. */
    boolean isHeldBy(Caller caller) {
        return professional
                .map(owner -> caller.isProfessional() && owner.equals(caller.subject()))
                .orElseGet(() -> structure.isPresent() && structure.equals(caller.structure()));
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "ConversationFacts[" + (professional.isPresent() ? "personal" : "structure") + "]";
    }
}

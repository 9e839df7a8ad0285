package fr.carnet.messaging.conversation;

import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A mailbox of the trust space MSSanté, as the operator registers it until there is a directory.
 *
 * @param address lower case
 * @param name as patients are shown it
 * @param kind personal, of a structure, or of its software (R164)
 * @param professional idNat_PS of the owner of a personal one
 * @param structure idNat_Struct of the structure
 * @param officine true for a community pharmacy (R162)
 */
public record Mailbox(
        String address,
        String name,
        Kind kind,
        Optional<String> professional,
        Optional<String> structure,
        @DefaultValue("false") boolean officine) {

    /** Sorts of mailboxes (R164). */
    public enum Kind {
        PERSONAL,
        ORGANISATIONAL,
        APPLICATIVE
    }

    /** @throws IllegalArgumentException if address, name or owner is missing or wrong */
    public Mailbox {
        if (address == null || address.indexOf('@') < 1 || name == null || name.isBlank() || kind == null) {
            throw new IllegalArgumentException("carnet.messaging.mailboxes: address, name and kind are required");
        }
        address = address.toLowerCase(Locale.ROOT);
        professional = professional == null ? Optional.empty() : professional;
        structure = structure == null ? Optional.empty() : structure;
        professional.ifPresent(IdNatPs::new);
        structure.ifPresent(StructureId::new);
        if (kind == Kind.PERSONAL ? professional.isEmpty() : structure.isEmpty()) {
            throw new IllegalArgumentException("carnet.messaging.mailboxes: whose mailbox is it");
        }
    }

    /** The structure in whose name its owner writes. */
    Optional<StructureId> structureId() {
        return structure.map(StructureId::new);
    }
}

package fr.carnet.messaging.conversation;

import fr.carnet.policy.ConversationFacts;
import fr.carnet.shared.Caller;
import fr.carnet.shared.Fault;
import fr.carnet.shared.IdNatPs;
import fr.carnet.shared.StructureId;
import java.util.Optional;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Who stands on the professional's side of a first message. */
@Component
public class Parties {

    private static final int UNPROCESSABLE = 422;

    private final MessagingSettings settings;

    Parties(MessagingSettings settings) {
        this.settings = settings;
    }

    /**
     * The mailbox from which a professional writes, his own or, named as sender, that of a structure; or the mailbox to which
     * a patient writes first.
     *
     * @param secret in a secret connection
     * @throws Fault 422 if an identifier is none of a structure, or a patient names no structure
     */
    public Party ofFirst(Communication message, Caller caller, boolean secret) {
        if (caller.kind().isHoldersSide()) {
            return structure(message.getRecipientFirstRep())
                    .map(structure -> Party.of(structure, settings))
                    .orElseGet(() -> person(message.getRecipientFirstRep()));
        }
        return Party.of(caller, structure(message.getSender()), secret, settings);
    }

    /** A person is written to first by nobody: the policy says so (R161). */
    private static Party person(Reference recipient) {
        if (!IdNatPs.SYSTEM.equals(recipient.getIdentifier().getSystem())
                || !recipient.getIdentifier().hasValue()) {
            throw Fault.of(UNPROCESSABLE, "message-recipient");
        }
        Optional<String> professional = Optional.of(recipient.getIdentifier().getValue());
        return new Party(
                new ConversationFacts(professional, Optional.empty(), false, true, false, false), Optional.empty(), "");
    }

    private static Optional<StructureId> structure(Reference reference) {
        Identifier identifier = reference.getIdentifier();
        if (!StructureId.SYSTEM.equals(identifier.getSystem())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StructureId(identifier.getValue()));
        } catch (IllegalArgumentException e) {
            throw Fault.of(UNPROCESSABLE, "message-recipient");
        }
    }
}

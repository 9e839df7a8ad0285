package fr.carnet.messaging.copy;

import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.DocumentFacts;
import fr.carnet.policy.PatientFacts;
import java.time.Instant;
import java.util.Optional;

/** Decides on copies when they leave; answered by {@code enforcement}, in the transaction of the caller. */
public interface CopyCourt {

    /**
     * True if the copy may leave now. Its trace and the notice that it owes are stored then; of one that may not, nothing is,
     * since it would tell of a document that is hidden.
     *
     * @param conversation that it begins; empty when it goes out by mail
     */
    boolean permits(
            CopyRecipient recipient,
            Copy copy,
            PatientFacts patient,
            DocumentFacts document,
            Optional<ConversationFacts> conversation,
            Instant now);
}

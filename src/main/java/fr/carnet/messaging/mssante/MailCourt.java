package fr.carnet.messaging.mssante;

import fr.carnet.policy.ConversationFacts;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.Caller;
import java.time.Instant;
import java.util.Optional;

/** Decides on messages that come by mail; answered by {@code enforcement}, in the transaction of the caller. */
public interface MailCourt {

    /**
     * True if the message may be written. Decision, trace and the notices that are owed are stored either way.
     *
     * @param sender as far as a mail proves him
     * @param patient to whom it is written; empty when nobody bears the matricule
     * @param conversation in which it is written
     * @param starts true for a first message
     */
    boolean permits(
            Caller sender, Optional<PatientFacts> patient, ConversationFacts conversation, boolean starts, Instant now);
}

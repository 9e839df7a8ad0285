package fr.carnet.messaging.copy;

import fr.carnet.policy.Action;

/** To whom a copy may go (R169). */
public enum CopyRecipient {
    /** The mailbox of the patient. */
    HOLDER("copy-holder", Action.COPY_TO_HOLDER),
    /** The mailbox of the treating physician. */
    PHYSICIAN("copy-physician", Action.COPY_TO_PHYSICIAN);

    private final String channel;
    private final Action action;

    CopyRecipient(String channel, Action action) {
        this.channel = channel;
        this.action = action;
    }

    /** Channel of the outbox. */
    public String channel() {
        return channel;
    }

    /** What the policy is asked. */
    public Action action() {
        return action;
    }
}

package fr.carnet.messaging.mssante;

/**
 * What a mail may weigh.
 *
 * @param maxBytes of the whole mail, as it travels
 * @param maxText characters of its text
 * @param maxAttachments attached files
 */
record MailLimits(int maxBytes, int maxText, int maxAttachments) {

    /** How deep parts may lie in parts. */
    static final int MAX_DEPTH = 8;

    /** Parts of all depths together. */
    static final int MAX_PARTS = 100;

    /** @throws IllegalArgumentException if a limit is not positive */
    MailLimits {
        if (maxBytes < 1 || maxText < 1 || maxAttachments < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}

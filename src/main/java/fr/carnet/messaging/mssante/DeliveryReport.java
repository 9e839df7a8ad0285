package fr.carnet.messaging.mssante;

import java.util.Objects;

/**
 * What became of a mail.
 *
 * @param messageId of that mail, with its brackets
 * @param fate what became of it
 */
record DeliveryReport(String messageId, Fate fate) {

    /** @throws NullPointerException if a component is missing */
    DeliveryReport {
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(fate);
    }

    /** What may become of a mail. */
    enum Fate {
        /** It lies in the mailbox (RFC 3464, {@code delivered}). */
        DELIVERED,
        /** It will never lie there (RFC 3464, {@code failed}). */
        FAILED,
        /** Somebody has seen it (RFC 8098, {@code displayed}). */
        READ
    }
}

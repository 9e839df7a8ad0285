package fr.carnet.messaging.mssante;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail that the bridge sends for a patient.
 *
 * @param messageId with its brackets; the same at every attempt
 * @param sender address of the patient
 * @param recipient mailbox of a professional
 * @param subject without personal data
 * @param text plain text
 * @param inReplyTo Message-ID that it answers
 * @param attachments files
 */
record OutgoingMail(
        String messageId,
        String sender,
        String recipient,
        String subject,
        String text,
        Optional<String> inReplyTo,
        List<MailAttachment> attachments) {

    /** @throws NullPointerException if a component is missing */
    OutgoingMail {
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(recipient);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(text);
        Objects.requireNonNull(inReplyTo);
        attachments = List.copyOf(attachments);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "OutgoingMail[" + messageId + "]";
    }
}

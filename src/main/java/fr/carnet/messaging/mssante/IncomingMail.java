package fr.carnet.messaging.mssante;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail as far as the bridge is concerned.
 *
 * @param messageId with its brackets; empty when it has none
 * @param sender address, lower case; empty for a bounce that names none
 * @param senderName as the mail shows it; empty when it does not
 * @param recipients addresses to which it was delivered, lower case
 * @param inReplyTo Message-IDs that it answers, the nearest first
 * @param text plain text, line ends {@code \n}
 * @param attachments files in their order
 * @param automatic made by a machine: never answered by another one (RFC 3834)
 * @param bounce from nobody who could be answered: an empty sender, or a postmaster (RFC 3464)
 * @param report what became of a mail of ours, when it is that (RFC 3464, RFC 8098)
 */
record IncomingMail(
        Optional<String> messageId,
        String sender,
        String senderName,
        List<String> recipients,
        List<String> inReplyTo,
        String text,
        List<MailAttachment> attachments,
        boolean automatic,
        boolean bounce,
        Optional<DeliveryReport> report) {

    /** @throws NullPointerException if a component is missing */
    IncomingMail {
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(senderName);
        recipients = List.copyOf(recipients);
        inReplyTo = List.copyOf(inReplyTo);
        Objects.requireNonNull(text);
        attachments = List.copyOf(attachments);
        Objects.requireNonNull(report);
    }

    /** Personal data stays out of logs. */
    @Override
    public String toString() {
        return "IncomingMail[" + attachments.size() + " attachments]";
    }
}

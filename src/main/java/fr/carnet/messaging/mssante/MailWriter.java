package fr.carnet.messaging.mssante;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.Instant;
import java.util.Date;

/** Writes the mails of the bridge: messages of patients, and reports on mails that came in. */
final class MailWriter {

    private final Session session;

    /** @param session of the server that will carry them */
    MailWriter(Session session) {
        this.session = session;
    }

    /** A message of a patient. */
    MimeMessage message(OutgoingMail mail, Instant now) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        address(message, mail.messageId(), mail.sender(), mail.recipient(), mail.subject(), now);
        if (mail.inReplyTo().isPresent()) {
            message.setHeader("In-Reply-To", mail.inReplyTo().get());
            message.setHeader("References", mail.inReplyTo().get());
        }
        if (mail.attachments().isEmpty()) {
            message.setText(mail.text(), UTF_8.name());
        } else {
            MimeMultipart parts = new MimeMultipart("mixed");
            parts.addBodyPart(text(mail.text()));
            for (MailAttachment attachment : mail.attachments()) {
                parts.addBodyPart(attached(attachment));
            }
            message.setContent(parts);
        }
        return saved(message, mail.messageId());
    }

    /**
     * What became of a mail (RFC 3464 in RFC 6522). It says that a machine wrote it, so that none answers.
     *
     * @param text for a person, in French and English
     */
    MimeMessage report(Report report, String text, Instant now) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        address(message, report.messageId(), report.from(), report.to(), report.subject(), now);
        message.setHeader("Auto-Submitted", "auto-replied");
        message.setHeader("In-Reply-To", report.about());
        MimeMultipart parts = new MimeMultipart("report; report-type=delivery-status");
        parts.addBodyPart(text(text));
        parts.addBodyPart(typed("message/delivery-status", report.status()));
        parts.addBodyPart(typed("text/rfc822-headers", "Message-ID: " + report.about() + "\r\n"));
        message.setContent(parts);
        return saved(message, report.messageId());
    }

    /**
     * A report on a mail.
     *
     * @param messageId of the report itself
     * @param from the bridge
     * @param to who sent the mail
     * @param subject of the report
     * @param about Message-ID of the mail
     * @param recipient to whom the mail was addressed
     * @param server name of the reporting server
     * @param delivered or not
     */
    record Report(
            String messageId,
            String from,
            String to,
            String subject,
            String about,
            String recipient,
            String server,
            boolean delivered) {

        String status() {
            return "Reporting-MTA: dns; " + server + "\r\n\r\nFinal-Recipient: rfc822; " + recipient + "\r\nAction: "
                    + (delivered ? "delivered" : "failed") + "\r\nStatus: " + (delivered ? "2.1.5" : "5.1.1") + "\r\n";
        }

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Report[" + messageId + "]";
        }
    }

    private static void address(
            MimeMessage message, String messageId, String from, String to, String subject, Instant now)
            throws MessagingException {
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject, UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Message-ID", messageId);
    }

    private static MimeBodyPart text(String text) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8.name());
        return part;
    }

    private static MimeBodyPart typed(String type, String content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content.getBytes(US_ASCII), type)));
        return part;
    }

    private static MimeBodyPart attached(MailAttachment attachment) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.mediaType())));
        part.setFileName(attachment.name());
        part.setDisposition(Part.ATTACHMENT);
        return part;
    }

    /** The library would put another Message-ID. */
    private static MimeMessage saved(MimeMessage message, String messageId) throws MessagingException {
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        return message;
    }
}

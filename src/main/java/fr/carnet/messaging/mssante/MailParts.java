package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.DeliveryReport.Fate;
import fr.carnet.messaging.mssante.UnreadableMail.Reason;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of a mail, walked once: its text, its files, and what it reports of another mail. */
final class MailParts {

    private static final ContentType UNKNOWN = new ContentType("application", "octet-stream", null);

    private final MailLimits limits;
    private final List<MailAttachment> attachments = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder marked = new StringBuilder();
    private Optional<String> reported = Optional.empty();
    private Optional<Fate> fate = Optional.empty();
    private int parts;
    private long bytes;

    private MailParts(MailLimits limits) {
        this.limits = limits;
    }

    static MailParts of(MimeMessage message, MailLimits limits) throws MessagingException, UnreadableMail {
        MailParts parts = new MailParts(limits);
        try {
            parts.walk(message, 1);
        } catch (IOException e) {
            throw new UnreadableMail(Reason.MALFORMED);
        }
        if (parts.plain.length() > limits.maxText() || parts.marked.length() > limits.maxText() * 10L) {
            throw new UnreadableMail(Reason.TOO_LARGE);
        }
        return parts;
    }

    /** The plain text; of a mail that has none, the text of its HTML. */
    String text() throws UnreadableMail {
        String text = plain.isEmpty() ? MarkedText.textOf(marked.toString()) : plain.toString();
        String clean = text.replace("\r\n", "\n").replace('\r', '\n').strip();
        if (clean.length() > limits.maxText()) {
            throw new UnreadableMail(Reason.TOO_LARGE);
        }
        return clean;
    }

    List<MailAttachment> attachments() {
        return attachments;
    }

    Optional<DeliveryReport> report() {
        return fate.flatMap(f -> reported.map(id -> new DeliveryReport(id, f)));
    }

    private void walk(Part part, int depth) throws MessagingException, IOException, UnreadableMail {
        parts++;
        if (depth > MailLimits.MAX_DEPTH || parts > MailLimits.MAX_PARTS) {
            throw new UnreadableMail(Reason.TOO_LARGE);
        }
        ContentType type = type(part);
        if (type.match("multipart/*")) {
            MimeMultipart inside = new MimeMultipart(part.getDataHandler().getDataSource());
            for (int i = 0; i < inside.getCount(); i++) {
                BodyPart next = inside.getBodyPart(i);
                walk(next, depth + 1);
            }
        } else {
            leaf(part, type);
        }
    }

    private void leaf(Part part, ContentType type) throws MessagingException, IOException, UnreadableMail {
        byte[] content = content(part);
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
                || fileName(part).isPresent();
        if (type.match("message/delivery-status") || type.match("message/disposition-notification")) {
            report(text(content, type));
        } else if (type.match("text/rfc822-headers") || type.match("message/rfc822")) {
            reported = reported.or(() -> ReportFields.of(text(content, type)).messageId("message-id"));
        } else if (!attached && type.match("text/plain")) {
            plain.append(text(content, type)).append('\n');
        } else if (!attached && type.match("text/html")) {
            marked.append(text(content, type));
        } else {
            attach(part, type, content);
        }
    }

    private void attach(Part part, ContentType type, byte[] content) throws UnreadableMail {
        if (attachments.size() >= limits.maxAttachments()) {
            throw new UnreadableMail(Reason.TOO_LARGE);
        }
        String name = fileName(part).orElse("");
        attachments.add(new MailAttachment(name, type.getBaseType().toLowerCase(Locale.ROOT), content));
    }

    private void report(String fields) {
        ReportFields report = ReportFields.of(fields);
        reported = report.messageId("original-message-id").or(() -> reported);
        fate = report.fate().or(() -> fate);
    }

    private byte[] content(Part part) throws MessagingException, IOException, UnreadableMail {
        int left = (int) Math.max(0, limits.maxBytes() - bytes);
        try (InputStream in = part.getInputStream()) {
            byte[] content = in.readNBytes(left + 1);
            bytes += content.length;
            if (content.length > left) {
                throw new UnreadableMail(Reason.TOO_LARGE);
            }
            return content;
        }
    }

    private static ContentType type(Part part) {
        try {
            String header = part.getContentType();
            return header == null ? UNKNOWN : new ContentType(header);
        } catch (ParseException e) {
            return UNKNOWN;
        } catch (MessagingException e) {
            return UNKNOWN;
        }
    }

    /** Bytes that the charset cannot be are shown as such; a charset that nobody knows is read as UTF-8. */
    private static String text(byte[] content, ContentType type) {
        String stated = type.getParameter("charset");
        Charset charset = StandardCharsets.UTF_8;
        if (stated != null) {
            try {
                charset = Charset.forName(MimeUtility.javaCharset(stated));
            } catch (IllegalArgumentException e) {
                charset = StandardCharsets.UTF_8;
            }
        }
        return new String(content, charset);
    }

    private static Optional<String> fileName(Part part) {
        try {
            return Optional.ofNullable(part.getFileName()).map(MailReader::fileName);
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }
}

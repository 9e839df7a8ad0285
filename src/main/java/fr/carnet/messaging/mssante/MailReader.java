package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.UnreadableMail.Reason;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a mail that somebody sent: bounded in size, depth and number of parts, and with one sender. */
final class MailReader {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Set<String> POSTMASTERS = Set.of("postmaster", "mailer-daemon");
    private static final int MAX_NAME = 120;
    private static final int MAX_REFERENCES = 50;

    private final MimeMessage message;
    private final MailLimits limits;

    private MailReader(MimeMessage message, MailLimits limits) {
        this.message = message;
        this.limits = limits;
    }

    /**
     * The mail.
     *
     * @param bytes as it travels (RFC 5322)
     * @throws UnreadableMail if it is none, or one that is not taken
     */
    static IncomingMail read(byte[] bytes, MailLimits limits) throws UnreadableMail {
        if (bytes.length > limits.maxBytes()) {
            throw new UnreadableMail(Reason.TOO_LARGE);
        }
        try {
            return new MailReader(new MimeMessage(SESSION, new ByteArrayInputStream(bytes)), limits).mail();
        } catch (MessagingException e) {
            throw new UnreadableMail(Reason.MALFORMED);
        }
    }

    private IncomingMail mail() throws MessagingException, UnreadableMail {
        Optional<InternetAddress> sender = sender();
        MailParts parts = MailParts.of(message, limits);
        return new IncomingMail(
                ids("Message-ID").stream().findFirst(),
                sender.map(MailReader::address).orElse(""),
                sender.map(MailReader::name).orElse(""),
                recipients(),
                answered(),
                parts.text(),
                parts.attachments(),
                isAutomatic(),
                sender.filter(from -> !isPostmaster(from)).isEmpty() || hasEmptySender(),
                parts.report());
    }

    /** Empty for a bounce alone: some mail servers name no sender there, or one without a domain. */
    private Optional<InternetAddress> sender() throws UnreadableMail {
        List<Address> from = from();
        if (from.size() > 1 || headers("From").size() > 1) {
            throw new UnreadableMail(Reason.SENDERS);
        }
        Optional<InternetAddress> sender = from.stream()
                .filter(InternetAddress.class::isInstance)
                .map(InternetAddress.class::cast)
                .filter(address -> !address.isGroup() && isPlain(address))
                .findFirst();
        if (sender.isEmpty() && !hasEmptySender()) {
            throw new UnreadableMail(Reason.MALFORMED);
        }
        return sender;
    }

    private List<Address> from() {
        try {
            return Optional.ofNullable(message.getFrom()).map(List::of).orElse(List.of());
        } catch (MessagingException e) {
            return List.of();
        }
    }

    private static boolean isPostmaster(InternetAddress address) {
        String account = address(address).replaceFirst("@.*", "");
        return POSTMASTERS.contains(account);
    }

    /** RFC 5321: what reports on a mail has no sender of its envelope, and whoever delivers it says so. */
    private boolean hasEmptySender() {
        return headers("Return-Path").stream().anyMatch(value -> value.strip().equals("<>"));
    }

    /** Neither a group nor a route nor anything that ends a line: it goes into a header of our answer. */
    private static boolean isPlain(InternetAddress address) {
        try {
            address.validate();
        } catch (AddressException e) {
            return false;
        }
        String text = address.getAddress();
        return text.indexOf('@') > 0 && text.indexOf('@') == text.lastIndexOf('@') && text.length() <= MAX_NAME * 2;
    }

    private static String address(InternetAddress address) {
        return address.getAddress().toLowerCase(Locale.ROOT);
    }

    private static String name(InternetAddress address) {
        String name = address.getPersonal() == null ? "" : address.getPersonal();
        String clean = CONTROL.matcher(name).replaceAll(" ").strip();
        return clean.length() > MAX_NAME ? clean.substring(0, MAX_NAME) : clean;
    }

    /** Where the mail server says to whom it delivered, that counts alone; what the sender wrote is a copy for all. */
    private List<String> recipients() throws MessagingException {
        List<String> delivered = Stream.of("X-Original-To", "Delivered-To")
                .flatMap(header -> headers(header).stream())
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (!delivered.isEmpty()) {
            return delivered;
        }
        List<String> named = new ArrayList<>();
        for (RecipientType type : List.of(RecipientType.TO, RecipientType.CC)) {
            Address[] addresses = message.getRecipients(type);
            Arrays.stream(addresses == null ? new Address[0] : addresses)
                    .filter(InternetAddress.class::isInstance)
                    .map(a -> address((InternetAddress) a))
                    .forEach(named::add);
        }
        return named.stream().distinct().toList();
    }

    private List<String> answered() {
        List<String> references = new ArrayList<>(ids("References"));
        Collections.reverse(references);
        return Stream.concat(ids("In-Reply-To").stream(), references.stream())
                .distinct()
                .limit(MAX_REFERENCES)
                .toList();
    }

    private List<String> ids(String header) {
        return headers(header).stream()
                .flatMap(value -> MESSAGE_ID.matcher(value).results().map(MatchResult::group))
                .toList();
    }

    /** RFC 3834, and what mail servers and lists write beside it. */
    private boolean isAutomatic() {
        boolean submitted = headers("Auto-Submitted").stream()
                .anyMatch(value -> !value.strip().toLowerCase(Locale.ROOT).startsWith("no"));
        boolean bulk = headers("Precedence").stream().anyMatch(value -> List.of("bulk", "junk", "list")
                .contains(value.strip().toLowerCase(Locale.ROOT)));
        return submitted || bulk || hasEmptySender() || !headers("List-Id").isEmpty();
    }

    private List<String> headers(String name) {
        try {
            return Optional.ofNullable(message.getHeader(name)).map(List::of).orElse(List.of());
        } catch (MessagingException e) {
            return List.of();
        }
    }

    /** Name of a file that came from outside: decoded, without path and control characters. */
    static String fileName(String sent) {
        String decoded = sent;
        try {
            decoded = MimeUtility.decodeText(sent);
        } catch (UnsupportedEncodingException e) {
            // an unknown charset: the name as it came
        }
        String bare = decoded.substring(Math.max(decoded.lastIndexOf('/'), decoded.lastIndexOf('\\')) + 1);
        String clean = CONTROL.matcher(bare).replaceAll("").strip();
        return clean.length() > MAX_NAME ? clean.substring(clean.length() - MAX_NAME) : clean;
    }
}

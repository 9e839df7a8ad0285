package fr.carnet.messaging.notice;

import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Hands mails to a relay. What the relay answers stays here: its text may quote an address; only its reply code leaves.
 */
public final class Mailer {

    private static final String CONNECTION_TIMEOUT = "10000";
    private static final String TIMEOUT = "30000";
    private static final int PERMANENT = 500;

    private final MailRelay relay;
    private final Session session;

    /** A mailer that trusts the authorities of its relay. */
    public static Mailer of(MailRelay relay) {
        return new Mailer(relay, Optional.ofNullable(relay.authorities()).map(Authorities::sockets));
    }

    /** Mails for this relay are made in its session. */
    public Session session() {
        return session;
    }

    /** @param sockets trusts the authorities of the relay; empty: those of the JVM */
    Mailer(MailRelay relay, Optional<SSLSocketFactory> sockets) {
        this.relay = relay;
        this.session = Session.getInstance(properties(relay, sockets));
    }

    private static Properties properties(MailRelay relay, Optional<SSLSocketFactory> sockets) {
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", relay.host());
        properties.put("mail.smtp.port", String.valueOf(relay.port()));
        properties.put("mail.smtp.auth", String.valueOf(relay.username() != null));
        properties.put("mail.smtp.ssl.enable", String.valueOf(relay.security() == MailRelay.Security.TLS));
        properties.put("mail.smtp.starttls.enable", String.valueOf(relay.security() == MailRelay.Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(relay.security() == MailRelay.Security.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.put("mail.smtp.connectiontimeout", CONNECTION_TIMEOUT);
        properties.put("mail.smtp.timeout", TIMEOUT);
        properties.put("mail.smtp.writetimeout", TIMEOUT);
        sockets.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        return properties;
    }

    /** A connection that is made at the first mail, and again when it broke. */
    Connection open() {
        return new Connection();
    }

    /** Sends one mail that was made in this session. */
    public Delivery send(MimeMessage message) {
        try (Connection connection = open()) {
            return connection.send(message);
        }
    }

    /** Mails one after the other over one connection. */
    final class Connection implements AutoCloseable {

        private Transport transport;

        /** Sends a text. */
        Delivery send(String to, String subject, String text, Parcel parcel) {
            try {
                return send(message(to, subject, text, parcel));
            } catch (MessagingException e) {
                return new Delivery.Refused("no-address");
            }
        }

        private Delivery send(MimeMessage message) {
            try {
                if (transport == null || !transport.isConnected()) {
                    close();
                    transport = session.getTransport();
                    transport.connect(relay.username(), relay.password());
                }
                return handOver(transport, message);
            } catch (AuthenticationFailedException e) {
                return new Delivery.Unreachable("authentication-failed");
            } catch (MessagingException e) {
                return new Delivery.Unreachable("no-connection");
            }
        }

        @Override
        public void close() {
            if (transport != null) {
                try {
                    transport.close();
                } catch (MessagingException e) {
                    // every mail has been answered for by now
                    transport = null;
                }
            }
        }
    }

    private static Delivery handOver(Transport transport, MimeMessage message) {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Delivery.Done();
        } catch (SendFailedException e) {
            return refused(e);
        } catch (MessagingException e) {
            return new Delivery.Unknown("connection-lost");
        }
    }

    private static Delivery refused(SendFailedException refusal) {
        int code = code(refusal);
        if (code == 0) {
            return new Delivery.Unknown("send-failed");
        }
        String said = "smtp-" + code;
        return code >= PERMANENT ? new Delivery.Refused(said) : new Delivery.Deferred(said);
    }

    /** Reply code of the relay, of the recipient before that of the mail; 0 if it gave none. */
    private static int code(Exception refusal) {
        int own = 0;
        for (Exception e = refusal; e instanceof MessagingException failed; e = failed.getNextException()) {
            if (e instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (e instanceof SMTPSendFailedException send) {
                own = send.getReturnCode();
            } else if (e instanceof SMTPSenderFailedException sender) {
                own = sender.getReturnCode();
            }
        }
        return own;
    }

    private MimeMessage message(String to, String subject, String text, Parcel parcel) throws MessagingException {
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", parcel.messageId(relay.domain()));
            }
        };
        message.setFrom(new InternetAddress(relay.from()));
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.ofEpochMilli(parcel.triedFrom().toEpochMilli())));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }
}

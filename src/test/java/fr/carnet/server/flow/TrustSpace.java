package fr.carnet.server.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fr.carnet.messaging.notice.Authorities;
import fr.carnet.server.Mailroom;
import fr.carnet.server.cli.client.Person;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** The trust space MSSanté as the bridge sees it: a mail server with TLS for SMTP and IMAP, and a doctor's mail client. */
final class TrustSpace implements AutoCloseable {

    static final String MARTIN = "dr.martin@cabinet.mssante.example";
    static final String STRANGER = "dr.who@elsewhere.example";

    private final GreenMail server;
    private final Session client;

    TrustSpace() {
        int[] ports = Scene.SERVER.bridgePorts();
        var smtp = new ServerSetup(ports[0], "localhost", ServerSetup.PROTOCOL_SMTPS);
        server = new GreenMail(
                new ServerSetup[] {smtp, new ServerSetup(ports[1], "localhost", ServerSetup.PROTOCOL_IMAPS)});
        server.start();
        GreenMailUser bridge = server.setUser("postmaster@patient.mssante.fr", "bridge", "bridge-secret");
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            String to = address.getEmail();
            return to.endsWith("@patient.mssante.fr") ? bridge : existing(to);
        });
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtps");
        properties.put("mail.smtps.host", "localhost");
        properties.put("mail.smtps.port", String.valueOf(ports[0]));
        properties.put("mail.smtps.ssl.socketFactory", Authorities.sockets(Mailroom.AUTHORITIES));
        client = Session.getInstance(properties);
    }

    private GreenMailUser existing(String address) {
        GreenMailUser user = server.getUserManager().getUserByEmail(address);
        return user == null ? server.setUser(address, address, "secret") : user;
    }

    @Override
    public void close() {
        server.stop();
    }

    static String address(Person patient) {
        return patient.ins().value() + "@patient.mssante.fr";
    }

    /** Writes a mail, with files if there are any. */
    MimeMessage mail(String from, String to, String messageId, String text, MimeBodyPart... files) {
        try {
            MimeMessage message = new MimeMessage(client) {
                @Override
                protected void updateMessageID() throws MessagingException {
                    setHeader("Message-ID", messageId);
                }
            };
            message.setFrom(new InternetAddress(from));
            message.setRecipient(RecipientType.TO, new InternetAddress(to));
            message.setSubject("Message", UTF_8.name());
            MimeMultipart parts = new MimeMultipart();
            MimeBodyPart body = new MimeBodyPart();
            body.setText(text, UTF_8.name());
            parts.addBodyPart(body);
            for (MimeBodyPart file : files) {
                parts.addBodyPart(file);
            }
            message.setContent(parts);
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static MimeBodyPart file(String name, String type, byte[] content) {
        try {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
            part.setFileName(name);
            part.setDisposition(MimeBodyPart.ATTACHMENT);
            return part;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(MimeMessage message) {
        try (Transport transport = client.getTransport()) {
            message.saveChanges();
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hands over a report on a mail, as it stands; the envelope names a mail server, since this one takes none without a sender. */
    void send(String source, String to) {
        try (Transport transport = client.getTransport()) {
            var message = new SMTPMessage(client, new ByteArrayInputStream(source.getBytes(UTF_8)));
            message.setEnvelopeFrom("<postmaster@relay.example>");
            transport.connect();
            transport.sendMessage(message, new Address[] {new InternetAddress(to)});
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Mails that somebody received, as text. */
    List<String> received(String address) {
        return Stream.of(server.getReceivedMessages())
                .filter(message -> Mailroom.isTo(message, address))
                .map(TrustSpace::source)
                .toList();
    }

    private static String source(MimeMessage message) {
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}

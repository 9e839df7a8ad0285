package fr.carnet.server;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real mail server with TLS and a certificate for {@code localhost}, which can be down. What it received is kept over its
 * restarts.
 */
public final class Mailroom implements AutoCloseable {

    /** Authority of its certificate. */
    public static final Path AUTHORITIES = Path.of("src", "test", "resources", "mail", "localhost.pem");

    private final ServerSetup setup;
    private final List<MimeMessage> received = new ArrayList<>();
    private GreenMail server;

    /** Opens at once. */
    public Mailroom(int port) {
        setup = new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTPS);
        open();
    }

    /** Takes mails again. */
    public void open() {
        server = new GreenMail(setup);
        server.start();
    }

    @Override
    public void close() {
        shut();
    }

    /** Refuses connections. */
    public void shut() {
        received.addAll(List.of(server.getReceivedMessages()));
        server.stop();
    }

    /** Everything that was received so far. */
    public List<MimeMessage> received() {
        List<MimeMessage> all = new ArrayList<>(received);
        all.addAll(List.of(server.getReceivedMessages()));
        return all;
    }

    /** What was received at an address. */
    public List<String> textsTo(String address) {
        return received().stream()
                .filter(message -> isTo(message, address))
                .map(Mailroom::text)
                .toList();
    }

    /** True if it is for this address, first of all. */
    public static boolean isTo(MimeMessage message, String address) {
        try {
            return message.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subject and text. */
    private static String text(MimeMessage message) {
        try {
            return message.getSubject() + "\n" + message.getContent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}

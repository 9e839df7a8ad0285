package fr.carnet.messaging.notice;

import fr.carnet.outbox.Courier;
import fr.carnet.outbox.OutboxNode;
import fr.carnet.outbox.Parcel;
import fr.carnet.server.Mailroom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that delivers mails until it is killed. */
final class MailNode {

    static final String CHANNEL = "mail";
    static final Map<String, Object> SETTINGS = Map.of(
            "carnet.outbox.batch", "20",
            "carnet.outbox.lease", "3s",
            "carnet.outbox.first-retry", "200ms",
            "carnet.outbox.longest-retry", "1s");

    private MailNode() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments URL of the database, port of the mail server
     */
    public static void main(String[] arguments) throws InterruptedException {
        try (var node = new OutboxNode(arguments[0], SETTINGS, courier(Integer.parseInt(arguments[1])))) {
            while (true) {
                node.round();
                Thread.sleep(100);
            }
        }
    }

    private static Courier courier(int port) {
        var relay = new MailRelay(
                "localhost", port, MailRelay.Security.TLS, null, null, "avis@carnet.example", Mailroom.AUTHORITIES);
        var mailer = new Mailer(relay, Optional.of(Authorities.sockets(Mailroom.AUTHORITIES)));
        return new Courier() {
            @Override
            public String channel() {
                return CHANNEL;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public Errand prepare(List<Parcel> parcels, Instant now) {
                return parcel -> mailer.send("someone@example.org", "Avis", "Du nouveau.", parcel);
            }
        };
    }
}

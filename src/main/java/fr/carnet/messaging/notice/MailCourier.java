package fr.carnet.messaging.notice;

import fr.carnet.messaging.notice.NoticeMails.Mail;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Carries notices as e-mail: to holders at the address of their space, to professionals at theirs in the trust space. What the
 * entry says is which notice (R97).
 */
final class MailCourier implements Courier {

    /** Channel of the mails to holders. */
    static final String HOLDERS = "mail";

    /** Channel of the mails to professionals. */
    static final String PROFESSIONALS = "mail-mssante";

    private final String channel;
    private final Optional<Mailer> mailer;
    private final NoticeMails notices;

    /** @param relay empty while none is configured */
    MailCourier(String channel, Optional<MailRelay> relay, NoticeMails notices) {
        this.channel = channel;
        this.mailer = relay.map(Mailer::of);
        this.notices = notices;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public boolean isOpen() {
        return mailer.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        Function<UUID, Optional<Mail>> leaving =
                notices.leaving(parcels.stream().map(MailCourier::notice).toList(), now);
        return new Errand() {
            private final Mailer.Connection connection = mailer.orElseThrow().open();

            @Override
            public Delivery deliver(Parcel parcel) {
                return leaving.apply(notice(parcel))
                        .map(mail -> send(connection, parcel, mail))
                        .orElseGet(() -> new Delivery.Withdrawn("not-to-be-told"));
            }

            @Override
            public void close() {
                connection.close();
            }
        };
    }

    private static UUID notice(Parcel parcel) {
        return UUID.fromString(parcel.payload());
    }

    private static Delivery send(Mailer.Connection connection, Parcel parcel, Mail mail) {
        if (mail.address().isEmpty()) {
            return mail.toHolder() ? new Delivery.Withdrawn("no-address") : new Delivery.Deferred("no-address");
        }
        return connection.send(mail.address().get(), mail.subject(), mail.text(), parcel);
    }
}

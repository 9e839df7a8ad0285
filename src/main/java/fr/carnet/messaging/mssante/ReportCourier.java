package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.Intake.Outcome;
import fr.carnet.messaging.mssante.MailWriter.Report;
import fr.carnet.messaging.mssante.ReportDesk.Payload;
import fr.carnet.messaging.notice.Mailer;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.shared.Texts;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Carries reports on mails to those who sent them; in both languages, for nobody knows theirs. */
final class ReportCourier implements Courier {

    private final Optional<Mailer> mailer;
    private final PatientAddress addresses;

    /** @param mailer empty while no relay is configured */
    ReportCourier(Optional<Mailer> mailer, PatientAddress addresses) {
        this.mailer = mailer;
        this.addresses = addresses;
    }

    @Override
    public String channel() {
        return ReportDesk.CHANNEL;
    }

    @Override
    public boolean isOpen() {
        return mailer.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        return this::deliver;
    }

    private Delivery deliver(Parcel parcel) {
        Payload payload = Payload.of(parcel.payload());
        boolean delivered = payload.outcome() == Outcome.ACCEPTED;
        Report report = new Report(
                parcel.messageId(addresses.domain()),
                "postmaster@" + addresses.domain(),
                payload.to(),
                Texts.of("fr").say(delivered ? "mail.delivered" : "mail.not-delivered"),
                payload.about(),
                payload.recipient(),
                addresses.domain(),
                delivered);
        try {
            Mailer relay = mailer.orElseThrow();
            return relay.send(
                    new MailWriter(relay.session()).report(report, text(payload.outcome()), parcel.triedFrom()));
        } catch (MessagingException e) {
            return new Delivery.Refused("not-a-mail");
        }
    }

    private static String text(Outcome outcome) {
        String key = "mail.text." + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Texts.of("fr").say(key) + "\n\n" + Texts.of("en").say(key) + "\n";
    }
}

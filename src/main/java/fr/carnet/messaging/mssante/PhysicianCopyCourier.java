package fr.carnet.messaging.mssante;

import fr.carnet.messaging.copy.Copies;
import fr.carnet.messaging.copy.Copies.Content;
import fr.carnet.messaging.copy.Copies.Leaving;
import fr.carnet.messaging.copy.CopyCourt;
import fr.carnet.messaging.copy.CopyRecipient;
import fr.carnet.messaging.notice.Mailer;
import fr.carnet.messaging.notice.ProfessionalAddresses;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.shared.Texts;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;

/** Carries copies of documents to treating physicians, CDA documents in IHE_XDM.zip (R169). */
final class PhysicianCopyCourier implements Courier {

    private final Optional<Mailer> mailer;
    private final Copies copies;
    private final CopyCourt court;
    private final ProfessionalAddresses directory;
    private final PatientAddress addresses;
    private final DocumentArchive archive;

    /** @param mailer empty while no relay is configured */
    PhysicianCopyCourier(
            Optional<Mailer> mailer,
            Copies copies,
            CopyCourt court,
            ProfessionalAddresses directory,
            PatientAddress addresses,
            DocumentArchive archive) {
        this.mailer = mailer;
        this.copies = copies;
        this.court = court;
        this.directory = directory;
        this.addresses = addresses;
        this.archive = archive;
    }

    @Override
    public String channel() {
        return CopyRecipient.PHYSICIAN.channel();
    }

    @Override
    public boolean isOpen() {
        return mailer.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        return parcel -> copies.leaving(parcel)
                .map(leaving -> deliver(leaving, parcel, now))
                .orElseGet(() -> new Delivery.Withdrawn("gone"));
    }

    /** One whose address nobody knows is given up, for whoever runs the server to see and to replay. */
    private Delivery deliver(Leaving leaving, Parcel parcel, Instant now) {
        Optional<String> physician = leaving.patient().treatingPhysician();
        Optional<String> to = physician.flatMap(directory::of);
        Optional<Content> content = copies.content(leaving.copy());
        if (physician.isPresent() && to.isEmpty()) {
            return new Delivery.Refused("no-address");
        }
        if (to.isEmpty()
                || content.isEmpty()
                || !court.permits(
                        CopyRecipient.PHYSICIAN,
                        leaving.copy(),
                        leaving.patient(),
                        leaving.document(),
                        Optional.empty(),
                        now)) {
            return new Delivery.Withdrawn("not-permitted");
        }
        try {
            Mailer relay = mailer.orElseThrow();
            OutgoingMail mail = mail(leaving, content.get(), to.get(), parcel);
            return relay.send(new MailWriter(relay.session()).message(mail, parcel.triedFrom()));
        } catch (MessagingException e) {
            return new Delivery.Refused("not-a-mail");
        }
    }

    private OutgoingMail mail(Leaving leaving, Content content, String to, Parcel parcel) {
        var file = new Attachment().setContentType(content.mediaType()).setData(content.bytes());
        List<MailAttachment> attachments = archive.attachments(List.of(file), parcel.id(), parcel.triedFrom());
        Texts texts = Texts.of("fr");
        boolean archived = attachments.stream().anyMatch(DocumentArchive::isArchive);
        return new OutgoingMail(
                parcel.messageId(addresses.domain()),
                "postmaster@" + addresses.domain(),
                to,
                (archived ? "XDM/1.0/DDM+" : "") + texts.say("copy.subject"),
                texts.say(
                        "copy.to-physician",
                        leaving.title(),
                        leaving.patient().ins().value(),
                        leaving.copy().depositor().name()),
                Optional.empty(),
                attachments);
    }
}

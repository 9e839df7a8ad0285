package fr.carnet.messaging.mssante;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.messaging.Communications;
import fr.carnet.messaging.EnclosedFiles;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.messaging.conversation.Conversation;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.notice.Mailer;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.policy.PatientFacts;
import fr.carnet.policy.Policy;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPayloadComponent;

/** Carries what patients write to the mailboxes of professionals, from the address of the patient (R160). */
final class MessageCourier implements Courier {

    private final Optional<Mailer> mailer;
    private final Communications communications;
    private final Conversations conversations;
    private final EnclosedFiles files;
    private final PatientRecords records;
    private final Policy policy;
    private final PatientAddress addresses;
    private final DocumentArchive archive;

    /** @param mailer empty while no relay is configured */
    MessageCourier(
            Optional<Mailer> mailer,
            Communications communications,
            Conversations conversations,
            EnclosedFiles files,
            PatientRecords records,
            Policy policy,
            PatientAddress addresses,
            DocumentArchive archive) {
        this.mailer = mailer;
        this.communications = communications;
        this.conversations = conversations;
        this.files = files;
        this.records = records;
        this.policy = policy;
        this.addresses = addresses;
        this.archive = archive;
    }

    @Override
    public String channel() {
        return Conversations.CHANNEL;
    }

    @Override
    public boolean isOpen() {
        return mailer.isPresent();
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        return parcel -> communications
                .byId(parcel.payload())
                .map(message -> deliver(message, parcel, now))
                .orElseGet(() -> new Delivery.Withdrawn("gone"));
    }

    /** A record that was closed in the meantime sends nothing any more (R166). */
    private Delivery deliver(StoredCommunication message, Parcel parcel, Instant now) {
        Optional<String> to = conversations.of(message).map(Conversation::party).flatMap(party -> party.address());
        Optional<PatientFacts> patient = records.byId(message.patient())
                .filter(p -> !p.deceased() && policy.stateOf(p, now).isOpen());
        if (to.isEmpty() || patient.isEmpty()) {
            return new Delivery.Withdrawn("nobody-to-write-to");
        }
        OutgoingMail mail = mail(message.resource(), patient.get(), to.get(), parcel);
        conversations.carries(mail.messageId(), parcel.payload());
        try {
            Mailer relay = mailer.orElseThrow();
            return relay.send(new MailWriter(relay.session()).message(mail, parcel.triedFrom()));
        } catch (MessagingException e) {
            return new Delivery.Refused("not-a-mail");
        }
    }

    private OutgoingMail mail(Communication message, PatientFacts patient, String to, Parcel parcel) {
        Communication complete = files.complete(message);
        List<Attachment> enclosed = complete.getPayload().stream()
                .filter(CommunicationPayloadComponent::hasContentAttachment)
                .map(CommunicationPayloadComponent::getContentAttachment)
                .toList();
        String text = complete.getPayload().stream()
                .filter(CommunicationPayloadComponent::hasContentStringType)
                .map(payload -> payload.getContentStringType().getValue())
                .collect(Collectors.joining("\n\n"));
        Optional<String> answered = Optional.of(message)
                .filter(Communication::hasInResponseTo)
                .map(m -> m.getInResponseToFirstRep().getReferenceElement().getIdPart())
                .flatMap(conversations::mailOf);
        List<MailAttachment> attachments = archive.attachments(enclosed, parcel.id(), parcel.triedFrom());
        return new OutgoingMail(
                parcel.messageId(addresses.domain()),
                addresses.of(patient.ins()),
                to,
                attachments.stream().anyMatch(DocumentArchive::isArchive)
                        ? "XDM/1.0/DDM+Message d’un patient"
                        : "Message d’un patient",
                text,
                answered,
                attachments);
    }
}

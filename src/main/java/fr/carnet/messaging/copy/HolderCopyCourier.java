package fr.carnet.messaging.copy;

import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.Enclosure;
import fr.carnet.messaging.conversation.Enclosures;
import fr.carnet.messaging.conversation.Parties;
import fr.carnet.messaging.conversation.Party;
import fr.carnet.messaging.conversation.Post;
import fr.carnet.messaging.copy.Copies.Content;
import fr.carnet.messaging.copy.Copies.Leaving;
import fr.carnet.outbox.Courier;
import fr.carnet.outbox.Delivery;
import fr.carnet.outbox.Parcel;
import fr.carnet.policy.CommunicationFacts;
import fr.carnet.shared.Fault;
import fr.carnet.shared.Texts;
import fr.carnet.shared.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Communication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Lays copies in patients' mailboxes: each is the first message of a conversation with the depositor (R169, R170). */
@Component
final class HolderCopyCourier implements Courier {

    /** Names the delivery of a parcel, so that a second attempt after a crash is known. */
    private static final String DOMAIN = "copies.invalid";

    private final Copies copies;
    private final CopyCourt court;
    private final Parties parties;
    private final Enclosures enclosures;
    private final Conversations conversations;
    private final TransactionTemplate transaction;

    HolderCopyCourier(
            Copies copies,
            CopyCourt court,
            Parties parties,
            Enclosures enclosures,
            Conversations conversations,
            TransactionTemplate transaction) {
        this.copies = copies;
        this.court = court;
        this.parties = parties;
        this.enclosures = enclosures;
        this.conversations = conversations;
        this.transaction = transaction;
    }

    @Override
    public String channel() {
        return CopyRecipient.HOLDER.channel();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Errand prepare(List<Parcel> parcels, Instant now) {
        return parcel -> {
            try {
                return transaction.execute(status -> deliver(parcel, now, status));
            } catch (Fault e) {
                return new Delivery.Refused("not-for-a-message");
            }
        };
    }

    private Delivery deliver(Parcel parcel, Instant now, TransactionStatus status) {
        if (conversations.carriedBy(parcel.messageId(DOMAIN)).isPresent()) {
            return new Delivery.Done();
        }
        return copies.leaving(parcel)
                .map(leaving -> deliver(leaving, parcel, now, status))
                .orElseGet(() -> new Delivery.Withdrawn("gone"));
    }

    private Delivery deliver(Leaving leaving, Parcel parcel, Instant now, TransactionStatus status) {
        Copy copy = leaving.copy();
        boolean hidden = copy.secret() || leaving.document().is(Visibility.INVISIBLE_REPRESENTANTS_LEGAUX);
        Party party = parties.ofFirst(new Communication(), copy.depositor(), hidden);
        if (!court.permits(
                CopyRecipient.HOLDER, copy, leaving.patient(), leaving.document(), Optional.of(party.facts()), now)) {
            return new Delivery.Withdrawn("not-permitted");
        }
        Optional<Content> content = copies.content(copy);
        if (content.isEmpty()) {
            throw Fault.of(404, "not-found");
        }
        Enclosure enclosure = enclosures.accept(
                leaving.title(),
                content.get().mediaType(),
                content.get().bytes(),
                leaving.uniqueId(),
                leaving.patient());
        if (isThere(enclosure, leaving.patient().id(), party)) {
            // neither trace nor notice: nothing leaves
            status.setRollbackOnly();
            return new Delivery.Withdrawn("already-there");
        }
        String text = Texts.of("fr").say("copy.to-holder", leaving.title());
        var post = new Post(false, Optional.empty(), text, List.of(enclosure), Optional.empty(), now);
        var message = conversations.start(leaving.patient().id(), party, post);
        conversations.carries(
                parcel.messageId(DOMAIN), message.resource().getIdElement().getIdPart());
        return new Delivery.Done();
    }

    /** R168: the patient, and whoever acts for him if it is for them too, read the same document in an earlier message. */
    private boolean isThere(Enclosure enclosure, String patient, Party party) {
        Set<String> side = party.facts().hiddenFromRepresentatives()
                ? Set.of(CommunicationFacts.HOLDER)
                : Set.of(CommunicationFacts.HOLDER, CommunicationFacts.REPRESENTATIVES);
        return enclosure.uniqueId().stream()
                .flatMap(id -> conversations.thatBrought(patient, id).stream())
                .anyMatch(message -> message.facts().readers().containsAll(side));
    }
}

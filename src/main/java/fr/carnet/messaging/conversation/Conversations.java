package fr.carnet.messaging.conversation;

import fr.carnet.messaging.Communications;
import fr.carnet.messaging.StoredCommunication;
import fr.carnet.outbox.Outbox;
import fr.carnet.policy.Rule;
import fr.carnet.shared.CarnetUris;
import fr.carnet.shared.Fault;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * Writes, closes and marks what the policy has permitted. Takes part in the transaction of whoever asks; a conversation is
 * locked while it is written in, so that nothing is answered after it was closed (R163).
 */
@Component
public class Conversations {

    /** Channel of the outbox that carries patients' messages to mailboxes; the payload is the id of the Communication. */
    public static final String CHANNEL = "mssante";

    /** {@code Communication.category} of a message. */
    public static final String MESSAGE = "message";

    private static final int CONFLICT = 409;

    private final Communications communications;
    private final ConversationTable table;
    private final MessageContents contents;
    private final Outbox outbox;

    Conversations(Communications communications, ConversationTable table, MessageContents contents, Outbox outbox) {
        this.communications = communications;
        this.table = table;
        this.contents = contents;
        this.outbox = outbox;
    }

    /** The conversation to which a message belongs; empty for a notice. */
    public Optional<Conversation> of(StoredCommunication message) {
        Communication resource = message.resource();
        String root = resource.hasPartOf()
                ? resource.getPartOfFirstRep().getReferenceElement().getIdPart()
                : resource.getIdElement().getIdPart();
        return table.byId(root);
    }

    /** Writes the first message of a conversation. */
    public StoredCommunication start(String patient, Party party, Post post) {
        StoredCommunication stored = store(patient, party, Optional.empty(), post);
        Conversation begun = new Conversation(stored.resource().getIdElement().getIdPart(), patient, party);
        table.add(begun);
        send(begun, stored, post);
        return stored;
    }

    /**
     * Writes in a conversation.
     *
     * @throws Fault 409 if it was closed in the meantime (R163)
     */
    public StoredCommunication answer(Conversation conversation, Post post) {
        Conversation current = table.locked(conversation.id()).orElseThrow();
        if (current.party().facts().closed()) {
            throw Rule.R163_CONVERSATION_CLOSED.refusal();
        }
        StoredCommunication stored = store(current.patient(), current.party(), Optional.of(current.id()), post);
        send(current, stored, post);
        return stored;
    }

    /**
     * Ends a conversation (R163).
     *
     * @return its first message, which says so
     */
    public StoredCommunication close(Conversation conversation, Instant now) {
        Conversation current = table.locked(conversation.id()).orElseThrow();
        if (current.party().facts().closed()) {
            throw Rule.R163_CONVERSATION_CLOSED.refusal();
        }
        table.close(current.id(), now);
        StoredCommunication first = communications.byId(current.id()).orElseThrow();
        Communication said = first.resource().copy();
        said.addExtension(CarnetUris.CONVERSATION_CLOSED, new DateTimeType(Date.from(now)));
        return communications.replace(new StoredCommunication(first.patient(), first.facts(), said));
    }

    /**
     * Notes that a message was read by the side to which it was written; the first reading counts.
     *
     * @param byPatient true when somebody of the patient's side read it
     * @throws Fault 409 if it is the reader's own
     */
    public StoredCommunication mark(StoredCommunication message, boolean byPatient, Instant now) {
        if (isFromPatient(message.resource()) == byPatient) {
            throw Fault.of(CONFLICT, "message-own");
        }
        if (message.resource().hasReceived()) {
            return message;
        }
        Communication read = message.resource().copy();
        read.setReceived(Date.from(now)).setStatus(CommunicationStatus.COMPLETED);
        return communications.replace(new StoredCommunication(message.patient(), message.facts(), read));
    }

    /** Forgets all of a record but the messages themselves (R22, R23). */
    public void forget(String patient) {
        table.forget(patient);
        contents.forget(patient);
    }

    /** Notes which mail carries a message, in or out. */
    public void carries(String messageId, String communication) {
        table.carries(messageId, communication);
    }

    /** The conversation to which the message belongs that a mail carried. */
    public Optional<Conversation> carriedBy(String messageId) {
        return table.carriedBy(messageId).flatMap(communications::byId).flatMap(this::of);
    }

    /**
     * The messages that brought a document to a patient, the earliest first (R168). Whoever else brings one to him waits until
     * the transaction ends.
     *
     * @param uniqueId as in {@link Enclosure#uniqueId}
     */
    public List<StoredCommunication> thatBrought(String patient, String uniqueId) {
        return contents.brought(patient, uniqueId)
                .map(file -> communications.enclosing(patient, file).stream()
                        .filter(message -> !isFromPatient(message.resource()))
                        .toList())
                .orElse(List.of());
    }

    /** The mail that brought a message, or took it out. */
    public Optional<String> mailOf(String communication) {
        return table.mailOf(communication);
    }

    /** True if a mail took a patient's message out under this Message-ID. */
    public boolean wentOutBy(String messageId) {
        return takenOutBy(messageId).isPresent();
    }

    private Optional<StoredCommunication> takenOutBy(String messageId) {
        return table.carriedBy(messageId)
                .flatMap(communications::byId)
                .filter(message -> isFromPatient(message.resource()));
    }

    /** Notes what became of a message that a mail took out. */
    public void report(String messageId, Fate fate, Instant now) {
        takenOutBy(messageId)
                .filter(message -> !message.resource().hasReceived())
                .ifPresent(message -> {
                    Communication told = message.resource().copy();
                    switch (fate) {
                        case FAILED -> told.setStatus(CommunicationStatus.NOTDONE);
                        case READ -> told.setReceived(Date.from(now)).setStatus(CommunicationStatus.COMPLETED);
                        case DELIVERED -> told.setStatus(CommunicationStatus.INPROGRESS);
                    }
                    communications.replace(new StoredCommunication(message.patient(), message.facts(), told));
                });
    }

    /** What becomes of a message that went out by mail. */
    public enum Fate {
        /** It lies in the mailbox. */
        DELIVERED,
        /** It will never lie there. */
        FAILED,
        /** Somebody has seen it. */
        READ
    }

    /** True for what the patient's side wrote. */
    public static boolean isFromPatient(Communication message) {
        return message.hasRecipient() && !message.getRecipientFirstRep().hasReference();
    }

    private StoredCommunication store(String patient, Party party, Optional<String> root, Post post) {
        Reference holder = new Reference("Patient/" + patient);
        Communication message = new Communication();
        message.setStatus(CommunicationStatus.INPROGRESS);
        message.addCategory(new CodeableConcept(new Coding(CarnetUris.COMMUNICATION_KIND, MESSAGE, null)));
        message.setSubject(holder);
        message.setSender(post.fromPatient() ? post.sender().orElse(holder) : party.reference());
        message.addRecipient(post.fromPatient() ? party.reference() : holder);
        message.setSent(Date.from(post.sent()));
        root.ifPresent(id -> message.addPartOf(new Reference("Communication/" + id)));
        post.answers().ifPresent(id -> message.addInResponseTo(new Reference("Communication/" + id)));
        if (!post.text().isEmpty()) {
            message.addPayload().setContent(new StringType(post.text()));
        }
        post.enclosures().forEach(e -> message.addPayload().setContent(contents.keep(patient, e)));
        return communications.add(patient, party.readers(), message);
    }

    /** What a patient writes goes out to the mailbox, if there is one. */
    private void send(Conversation conversation, StoredCommunication stored, Post post) {
        if (post.fromPatient() && conversation.party().address().isPresent()) {
            String id = stored.resource().getIdElement().getIdPart();
            outbox.add(CHANNEL, "Patient/" + conversation.patient(), id, post.sent(), post.sent());
        }
    }
}

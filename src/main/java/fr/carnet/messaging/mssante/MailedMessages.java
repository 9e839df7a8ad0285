package fr.carnet.messaging.mssante;

import fr.carnet.messaging.StoredCommunication;
import fr.carnet.messaging.conversation.Conversation;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.Enclosure;
import fr.carnet.messaging.conversation.Enclosures;
import fr.carnet.messaging.conversation.Party;
import fr.carnet.messaging.conversation.Post;
import fr.carnet.messaging.xdm.DocumentEntry;
import fr.carnet.messaging.xdm.UnreadableXdm;
import fr.carnet.messaging.xdm.XdmDocument;
import fr.carnet.messaging.xdm.XdmLimits;
import fr.carnet.messaging.xdm.XdmReader;
import fr.carnet.policy.PatientFacts;
import fr.carnet.validation.CdaHeader.DocumentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes mails that may be written as messages of a conversation, each document once (R168). */
final class MailedMessages {

    private static final int MAX_ENTRIES = 200;

    private final Conversations conversations;
    private final Enclosures enclosures;
    private final MailLimits limits;

    MailedMessages(Conversations conversations, Enclosures enclosures, MailLimits limits) {
        this.conversations = conversations;
        this.enclosures = enclosures;
        this.limits = limits;
    }

    /**
     * Writes a mail.
     *
     * @param running the conversation that it answers; empty for a first message
     * @throws fr.carnet.shared.Fault 422 or 409 if an attachment is not taken (R171)
     * @throws UnreadableContent if an archive is not taken
     */
    void write(IncomingMail mail, PatientFacts to, Party party, Optional<Conversation> running, Instant now) {
        String written =
                message(mail, to, party, running, now).resource().getIdElement().getIdPart();
        mail.messageId().ifPresent(id -> conversations.carries(id, written));
    }

    /** The conversation that the mail answers, if it is still open and between the same two. */
    Optional<Conversation> running(IncomingMail mail, PatientFacts patient, Party party) {
        return mail.inReplyTo().stream()
                .flatMap(id -> conversations.carriedBy(id).stream())
                .filter(conversation -> conversation.patient().equals(patient.id()))
                .filter(conversation -> !conversation.party().facts().closed())
                .filter(conversation -> conversation.party().address().equals(party.address()))
                .findFirst();
    }

    /**
     * R168: what the same mailbox has sent before, by mail or with a deposit, is not sent again; the mail goes on in that
     * conversation, with what else it says.
     */
    private StoredCommunication message(
            IncomingMail mail, PatientFacts to, Party party, Optional<Conversation> running, Instant now) {
        List<Enclosure> enclosed = enclosed(mail, to);
        Map<Enclosure, StoredCommunication> before = new HashMap<>();
        enclosed.forEach(enclosure -> before(enclosure, to, party).ifPresent(there -> before.put(enclosure, there)));
        List<Enclosure> fresh =
                enclosed.stream().filter(e -> !before.containsKey(e)).toList();
        Optional<StoredCommunication> earlier = before.values().stream().findFirst();
        if (earlier.isPresent() && fresh.isEmpty() && mail.text().isBlank()) {
            return earlier.get();
        }
        Post post = new Post(false, Optional.empty(), mail.text(), fresh, Optional.empty(), now);
        return running.or(() -> earlier.flatMap(conversations::of))
                .map(conversation -> conversations.answer(conversation, post))
                .orElseGet(() -> conversations.start(to.id(), party, post));
    }

    /** The message of this mailbox that brought the document, in a conversation that goes on and that all on his side read. */
    private Optional<StoredCommunication> before(Enclosure enclosure, PatientFacts patient, Party party) {
        return enclosure.uniqueId().stream()
                .flatMap(id -> conversations.thatBrought(patient.id(), id).stream())
                .filter(message -> conversations
                        .of(message)
                        .map(Conversation::party)
                        .filter(side -> side.address().equals(party.address()))
                        .filter(side -> !side.facts().closed() && !side.facts().hiddenFromRepresentatives())
                        .isPresent())
                .findFirst();
    }

    private List<Enclosure> enclosed(IncomingMail mail, PatientFacts patient) {
        List<Enclosure> enclosed = new ArrayList<>();
        for (MailAttachment attachment : mail.attachments()) {
            if (isArchive(attachment)) {
                documents(attachment).forEach(document -> add(enclosed, enclosure(document, patient)));
            } else {
                add(
                        enclosed,
                        enclosures.accept(attachment.name(), attachment.mediaType(), attachment.content(), patient));
            }
        }
        enclosures.count(enclosed.size());
        return enclosed;
    }

    /** A document that one mail brings twice is in it once. */
    private static void add(List<Enclosure> enclosed, Enclosure next) {
        boolean again = next.uniqueId().isPresent()
                && enclosed.stream()
                        .anyMatch(e ->
                                e.uniqueId().equals(next.uniqueId()) && Arrays.equals(e.content(), next.content()));
        if (!again) {
            enclosed.add(next);
        }
    }

    /** @throws UnreadableContent if the metadata name another patient */
    private Enclosure enclosure(XdmDocument document, PatientFacts patient) {
        DocumentEntry entry = document.entry();
        if (!patient.bears(entry.patient())) {
            throw new UnreadableContent();
        }
        return enclosures.accept(
                entry.title(), entry.mimeType(), document.content(), Optional.of(uniqueId(entry)), patient);
    }

    /** As FHIR writes what XDS metadata write as an OID, or {@code root^extension}. */
    private static String uniqueId(DocumentEntry entry) {
        String[] parts = entry.uniqueId().split("\\^", 2);
        return new DocumentId(
                        parts[0], Optional.of(parts).filter(p -> p.length == 2).map(p -> p[1]))
                .token();
    }

    private static boolean isArchive(MailAttachment attachment) {
        return attachment.name().equalsIgnoreCase("IHE_XDM.ZIP");
    }

    private List<XdmDocument> documents(MailAttachment archive) {
        try {
            return XdmReader.read(archive.content(), new XdmLimits(MAX_ENTRIES, limits.maxBytes() * 2L));
        } catch (UnreadableXdm e) {
            throw new UnreadableContent();
        }
    }

    /** An archive that is not taken. */
    static final class UnreadableContent extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

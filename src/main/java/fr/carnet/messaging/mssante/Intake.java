package fr.carnet.messaging.mssante;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.carnet.dmp.PatientRecords;
import fr.carnet.messaging.conversation.Conversation;
import fr.carnet.messaging.conversation.Conversations;
import fr.carnet.messaging.conversation.MessagingSettings;
import fr.carnet.messaging.conversation.Party;
import fr.carnet.policy.PatientFacts;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import fr.carnet.shared.Fault;
import java.time.Instant;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a mail that came in: a message of a conversation, a report on a mail of ours, or a refusal (R160–R168). */
final class Intake {

    /** In whose name a mail speaks, where a request has the issuer of its token: an absolute URI, for traces are told with it. */
    private static final String MAIL = "urn:ietf:rfc:5322";

    private final PatientRecords records;
    private final Conversations conversations;
    private final MailedMessages messages;
    private final MessagingSettings messaging;
    private final MailCourt court;
    private final SeenMails seen;
    private final ReportDesk reports;
    private final TransactionTemplate transaction;
    private final PatientAddress addresses;
    private final TrustedDomains trusted;
    private final MailLimits limits;

    Intake(
            PatientRecords records,
            Conversations conversations,
            MailedMessages messages,
            MessagingSettings messaging,
            MailCourt court,
            SeenMails seen,
            ReportDesk reports,
            TransactionTemplate transaction,
            PatientAddress addresses,
            TrustedDomains trusted,
            MailLimits limits) {
        this.records = records;
        this.conversations = conversations;
        this.messages = messages;
        this.messaging = messaging;
        this.court = court;
        this.seen = seen;
        this.reports = reports;
        this.transaction = transaction;
        this.addresses = addresses;
        this.trusted = trusted;
        this.limits = limits;
    }

    /** How much of a mail is fetched: one byte more than is taken. */
    int bytesToFetch() {
        return limits.maxBytes() + 1;
    }

    /**
     * Deals with a mail, once: whatever follows from it is stored in one transaction with the note that it was seen.
     *
     * @param bytes as it travels
     * @return a code that says what became of it
     */
    Outcome take(byte[] bytes, Instant now) {
        try {
            IncomingMail mail = MailReader.read(bytes, limits);
            byte[] key = mail.messageId().map(id -> id.getBytes(UTF_8)).orElse(bytes);
            return once(key, mail, now);
        } catch (UnreadableMail e) {
            transaction.executeWithoutResult(t -> seen.note(bytes, Outcome.UNREADABLE.name(), now));
            return Outcome.UNREADABLE;
        }
    }

    /** The attempt is undone when something is wrong with the mail; then only the refusal is stored. */
    private Outcome once(byte[] key, IncomingMail mail, Instant now) {
        try {
            return transaction.execute(t -> {
                Outcome outcome = outcome(mail);
                if (!seen.note(key, outcome.name(), now)) {
                    return Outcome.REPEATED;
                }
                return outcome == Outcome.ACCEPTED ? accept(mail, now) : settle(outcome, mail, now);
            });
        } catch (Fault | MailedMessages.UnreadableContent e) {
            return transaction.execute(t -> {
                seen.note(key, Outcome.REFUSED_CONTENT.name(), now);
                return settle(Outcome.REFUSED_CONTENT, mail, now);
            });
        }
    }

    private Outcome outcome(IncomingMail mail) {
        if (mail.report().filter(report -> isHeard(report, mail)).isPresent()) {
            return Outcome.REPORT;
        }
        if (mail.report().isPresent()) {
            return Outcome.AUTOMATIC;
        }
        if (!trusted.trust(mail.sender())) {
            return Outcome.UNTRUSTED;
        }
        return mail.automatic() ? Outcome.AUTOMATIC : Outcome.ACCEPTED;
    }

    /**
     * A report on a message that went out from here. A mail server on the way may be of any domain: it is believed that it
     * delivered or failed, since only those who had the mail know its Message-ID; that somebody read it is said by his mailbox.
     */
    private boolean isHeard(DeliveryReport report, IncomingMail mail) {
        boolean read = report.fate() == DeliveryReport.Fate.READ;
        return conversations.wentOutBy(report.messageId())
                && (trusted.trust(mail.sender()) || (mail.bounce() && !read));
    }

    private Outcome settle(Outcome outcome, IncomingMail mail, Instant now) {
        switch (outcome) {
            case REPORT ->
                mail.report().ifPresent(report -> conversations.report(report.messageId(), fate(report), now));
            case UNTRUSTED, REFUSED_CONTENT -> refuse(mail, outcome, now);
            default -> {
                // nobody is told: machines do not answer machines
            }
        }
        return outcome;
    }

    private void refuse(IncomingMail mail, Outcome outcome, Instant now) {
        mail.recipients().stream()
                .filter(recipient -> recipient.endsWith("@" + addresses.domain()))
                .findFirst()
                .ifPresent(recipient -> reports.refuse(mail, recipient, outcome, now));
    }

    private static Conversations.Fate fate(DeliveryReport report) {
        return switch (report.fate()) {
            case DELIVERED -> Conversations.Fate.DELIVERED;
            case FAILED -> Conversations.Fate.FAILED;
            case READ -> Conversations.Fate.READ;
        };
    }

    private Outcome accept(IncomingMail mail, Instant now) {
        Outcome outcome = Outcome.NOT_DELIVERED;
        for (String recipient : mail.recipients()) {
            if (recipient.endsWith("@" + addresses.domain())) {
                boolean delivered = deliver(mail, recipient, now);
                reports.tell(mail, recipient, delivered, now);
                outcome = delivered ? Outcome.ACCEPTED : outcome;
            }
        }
        return outcome;
    }

    /** R166: unknown, closed, opposed and refused are one answer. */
    private boolean deliver(IncomingMail mail, String recipient, Instant now) {
        Party party = Party.of(mail.sender(), mail.senderName(), messaging);
        Caller sender = sender(mail, party);
        Optional<PatientFacts> patient = addresses.read(recipient).stream()
                .flatMap(ins -> records.byIns(ins, sender).stream())
                .findFirst();
        Optional<Conversation> running = patient.flatMap(p -> messages.running(mail, p, party));
        Party side = running.map(Conversation::party).orElse(party);
        if (!court.permits(sender, patient, side.facts(), running.isEmpty(), now)) {
            return false;
        }
        messages.write(mail, patient.orElseThrow(), party, running, now);
        return true;
    }

    private static Caller sender(IncomingMail mail, Party party) {
        return new Caller(
                CallerKind.PROFESSIONAL,
                party.facts().professional().orElse(mail.sender()),
                party.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                party.facts().structure(),
                Optional.empty(),
                false,
                AuthenticationMode.INDIRECTE,
                "MSSanté",
                new Caller.TokenRef(MAIL, "mail", mail.messageId().orElse("-")));
    }

    /** What became of a mail. */
    enum Outcome {
        /** It lies in at least one record. */
        ACCEPTED,
        /** Nobody could be written to (R166). */
        NOT_DELIVERED,
        /** It tells of a message that went out from here. */
        REPORT,
        /** From outside of the trust space (R167). */
        UNTRUSTED,
        /** Written by a machine, and of no message from here: answered by nobody. */
        AUTOMATIC,
        /** An attachment is not taken (R171). */
        REFUSED_CONTENT,
        /** No mail that can be read. */
        UNREADABLE,
        /** It was dealt with before. */
        REPEATED
    }
}

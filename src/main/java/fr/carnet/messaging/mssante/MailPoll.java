package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.Intake.Outcome;
import fr.carnet.messaging.mssante.MssanteSettings.Mailbox;
import fr.carnet.shared.PromptJob;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the mailbox of the bridge, every few seconds. A mail is deleted there after what follows from it is stored: a crash
 * in between fetches it once more, and it is known then.
 */
final class MailPoll implements PromptJob {

    private static final Logger LOG = LoggerFactory.getLogger(MailPoll.class);
    private static final int AT_ONCE = 50;

    private final Mailbox mailbox;
    private final Session session;
    private final Intake intake;

    MailPoll(Mailbox mailbox, Session session, Intake intake) {
        this.mailbox = mailbox;
        this.session = session;
        this.intake = intake;
    }

    @Override
    public void run(Instant now) {
        try (Store store = session.getStore()) {
            store.connect(mailbox.host(), mailbox.port(), mailbox.username(), mailbox.password());
            try (Folder folder = store.getFolder(mailbox.folder())) {
                folder.open(Folder.READ_WRITE);
                empty(folder, now);
            }
        } catch (MessagingException e) {
            LOG.warn("mailbox not reached: {}", e.getClass().getSimpleName());
        }
    }

    private void empty(Folder folder, Instant now) throws MessagingException {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        int waiting = Math.min(folder.getMessageCount(), AT_ONCE);
        for (int number = 1; number <= waiting; number++) {
            Message message = folder.getMessage(number);
            byte[] bytes = bytes(message);
            try {
                outcomes.merge(intake.take(bytes, now), 1, Integer::sum);
                message.setFlag(Flags.Flag.DELETED, true);
            } catch (RuntimeException e) {
                // it stays where it is and is tried again; the others do not wait for it
                LOG.error("a mail failed: {}", e.getClass().getName());
            }
        }
        if (!outcomes.isEmpty()) {
            LOG.info("mails: {}", outcomes);
        }
    }

    /** No more than one byte beyond what is taken: the rest of a larger one is not fetched. */
    private byte[] bytes(Message message) throws MessagingException {
        Bounded bytes = new Bounded(intake.bytesToFetch());
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            if (!bytes.isFull()) {
                throw new MessagingException("mail not fetched");
            }
        }
        return bytes.toByteArray();
    }

    /** Takes so many bytes, and ends the transfer at the next. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        boolean isFull() {
            return bytes.size() >= most;
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }

        @Override
        public void write(int value) throws IOException {
            if (isFull()) {
                throw new IOException("full");
            }
            bytes.write(value);
        }

        @Override
        public void write(byte[] values, int offset, int length) throws IOException {
            bytes.write(values, offset, Math.min(length, most - bytes.size()));
            if (length > most - bytes.size() && isFull()) {
                throw new IOException("full");
            }
        }
    }
}

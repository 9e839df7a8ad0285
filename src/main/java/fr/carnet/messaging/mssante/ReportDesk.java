package fr.carnet.messaging.mssante;

import fr.carnet.messaging.mssante.Intake.Outcome;
import fr.carnet.outbox.Outbox;
import java.time.Instant;
import java.util.List;

/**
 * Puts reports on mails into the outbox: delivered, or not. An automatic mail gets none (RFC 3834), nor one without a
 * Message-ID, of which nobody could be told.
 */
final class ReportDesk {

    /** Channel of the outbox. */
    static final String CHANNEL = "mssante-report";

    private final Outbox outbox;

    ReportDesk(Outbox outbox) {
        this.outbox = outbox;
    }

    /** After a delivery, or where there was nobody to deliver to. */
    void tell(IncomingMail mail, String recipient, boolean delivered, Instant now) {
        add(mail, recipient, delivered ? Outcome.ACCEPTED : Outcome.NOT_DELIVERED, now);
    }

    /** Of a mail that is not taken at all. */
    void refuse(IncomingMail mail, String recipient, Outcome outcome, Instant now) {
        add(mail, recipient, outcome, now);
    }

    private void add(IncomingMail mail, String recipient, Outcome outcome, Instant now) {
        if (!mail.automatic() && mail.messageId().isPresent()) {
            String payload =
                    new Payload(mail.sender(), recipient, mail.messageId().get(), outcome).text();
            outbox.add(CHANNEL, "mail", payload, now, now);
        }
    }

    /**
     * What the courier needs to write a report.
     *
     * @param to who sent the mail
     * @param recipient to whom he sent it
     * @param about its Message-ID
     * @param outcome what became of it
     */
    record Payload(String to, String recipient, String about, Outcome outcome) {

        private static final int FIELDS = 4;

        /** One line each: none of them has an end of line in it. */
        String text() {
            return String.join("\n", to, recipient, about, outcome.name());
        }

        static Payload of(String text) {
            List<String> lines = text.lines().toList();
            if (lines.size() != FIELDS) {
                throw new IllegalArgumentException("no report");
            }
            return new Payload(lines.get(0), lines.get(1), lines.get(2), Outcome.valueOf(lines.get(3)));
        }

        /** Personal data stays out of logs. */
        @Override
        public String toString() {
            return "Payload[" + outcome + "]";
        }
    }
}

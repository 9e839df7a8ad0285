package fr.carnet.messaging.mssante;

/** A mail that is not taken. Its message never repeats what the mail says. */
final class UnreadableMail extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UnreadableMail(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** What is wrong. */
    Reason reason() {
        return reason;
    }

    /** What may be wrong with a mail. */
    enum Reason {
        /** No mail, or no sender, or a header that cannot be read. */
        MALFORMED,
        /** Larger, deeper or with more parts than announced. */
        TOO_LARGE,
        /** Several senders: nobody answers for it. */
        SENDERS
    }
}

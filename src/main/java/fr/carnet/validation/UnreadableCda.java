package fr.carnet.validation;

/** A document that is no readable CDA R2. Its message never repeats what the document says. */
public final class UnreadableCda extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String where;

    UnreadableCda(Reason reason, String where) {
        super(reason + " (" + where + ")");
        this.reason = reason;
        this.where = where;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** Element or line and column, never content. */
    public String where() {
        return where;
    }

    /** What may be wrong with a document. */
    public enum Reason {
        /** Not well-formed. */
        MALFORMED,
        /** It declares a document type: entities are never read. */
        DOCTYPE,
        /** No {@code ClinicalDocument}, at the root or in a stylesheet. */
        NOT_CDA,
        /** The header is longer, deeper or has more elements than any honest one. */
        TOO_LARGE,
        /** A mandatory element is missing. */
        MISSING,
        /** An element has a value that cannot be read. */
        INVALID
    }
}

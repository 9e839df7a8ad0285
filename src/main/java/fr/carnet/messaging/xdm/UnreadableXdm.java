package fr.carnet.messaging.xdm;

/** An archive that is not taken. Its message never repeats what the archive says. */
public final class UnreadableXdm extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String where;

    UnreadableXdm(Reason reason, String where) {
        super(reason + " (" + where + ")");
        this.reason = reason;
        this.where = where;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** Number of the entry or name of the attribute, never content. */
    public String where() {
        return where;
    }

    /** What may be wrong with an archive. */
    public enum Reason {
        /** No zip, a damaged or an encrypted one. */
        MALFORMED,
        /** More or larger entries than announced limits, or far larger than their compressed form. */
        TOO_LARGE,
        /** A name that leaves the archive, a link, or two entries of the same name. */
        UNSAFE_NAME,
        /** No {@code IHE_XDM/…/METADATA.XML}. */
        NO_METADATA,
        /** The metadata declares a document type: entities are never read. */
        DOCTYPE,
        /** The metadata is no XML, or no submission of documents. */
        METADATA_MALFORMED,
        /** A mandatory attribute of a document is missing. */
        MISSING,
        /** An attribute has a value that cannot be read. */
        INVALID,
        /** A document of the metadata is not in the archive. */
        NO_DOCUMENT,
        /** A document is not the one of the metadata: other size. */
        WRONG_SIZE,
        /** A document is not the one of the metadata: other hash. */
        WRONG_HASH
    }
}

package fr.carnet.fulltext;

/** The engine of the index does not answer, or has no room: nothing is known of what was asked. */
public final class IndexUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the engine's client said; its message may hold words of a document, and is not logged */
    public IndexUnavailable(Throwable cause) {
        super("text index unavailable", cause);
    }
}

package fr.carnet.policy;

/** How far the announcement of a document has come that was deposited hidden from the holder (R111–R114). */
public enum Announcement {
    /** The holder sees the document: it was never hidden from him, or has been shown. */
    NOT_AWAITED,
    /** He will see it once a professional has spoken with him (R111, R112). */
    AWAITED,
    /** For two weeks nobody has: the holder is invited to see a professional (R113). */
    LATE,
    /** For one month nobody has: the document is visible, whatever its label still says (R114). */
    OVERDUE;

    /** True while the holder may not see the document. */
    public boolean hides() {
        return this == AWAITED || this == LATE;
    }
}

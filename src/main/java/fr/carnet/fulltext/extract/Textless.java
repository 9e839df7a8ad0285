package fr.carnet.fulltext.extract;

import fr.carnet.fulltext.extract.Extraction.Reason;

/** A content that has no text. Never repeats what it says. */
final class Textless extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Textless(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}

package fr.carnet.document.update;

import fr.carnet.shared.Visibility;

/** What a patch does to a document: one thing, or nothing. */
sealed interface Effect {

    /** The document is as before. */
    record None() implements Effect {}

    /** A visibility label is set. */
    record LabelAdded(Visibility label) implements Effect {}

    /** A visibility label is taken away. */
    record LabelRemoved(Visibility label) implements Effect {}

    /** Archived or not (R130). */
    record Archived(boolean archived) implements Effect {}

    /** Logically deleted (R128). */
    record Deleted() implements Effect {}
}

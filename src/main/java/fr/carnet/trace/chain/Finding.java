package fr.carnet.trace.chain;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that is not as it was written.
 *
 * @param kind what
 * @param where chain, or number of the root
 * @param from place in the chain where it begins; 0 when it is not about a chain
 * @param to last place concerned
 * @param row the row that shows it; empty when what is missing is no longer there to show itself
 */
public record Finding(Kind kind, String where, long from, long to, Optional<Row> row) {

    /** @throws NullPointerException if a component is missing */
    public Finding {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(where);
        Objects.requireNonNull(row);
    }

    static Finding at(Kind kind, Link link) {
        return new Finding(
                kind, link.chain(), link.place(), link.place(), Optional.of(new Row(link.id(), link.recordedAt())));
    }

    static Finding between(Kind kind, String chain, long from, long to) {
        return new Finding(kind, chain, from, to, Optional.empty());
    }

    static Finding about(Kind kind, String where) {
        return new Finding(kind, where, 0, 0, Optional.empty());
    }

    /**
     * A row by what the outside knows it by.
     *
     * @param id of the AuditEvent
     * @param recordedAt when
     */
    public record Row(UUID id, Instant recordedAt) {}

    /** Sorts of tampering and loss. */
    public enum Kind {
        /** The content of a row is not what its digest was made of. */
        CONTENT_CHANGED,
        /** A row does not follow the one before: replaced, moved or forged. */
        LINK_BROKEN,
        /** Rows between two others are not there. */
        ROWS_MISSING,
        /** The end of a chain, known to its head or to a signed root, is not there. */
        TAIL_MISSING,
        /** The chain holds together, but is not the one that was signed: rewritten as a whole. */
        REWRITTEN,
        /** The table of heads does not know this end: rows were added behind the trigger's back. */
        HEAD_DIFFERS,
        /** A row without a place in any chain, though newer than the chains. */
        OUTSIDE,
        /** A root that the key did not sign, or whose text is not what was signed. */
        ROOT_FORGED,
        /** A root that others follow is not there. */
        ROOT_MISSING,
        /** The database knows fewer roots than the folder: an older backup was restored. */
        OLDER_DATABASE,
        /** What is said to have been purged was not signed. */
        PURGE_FORGED
    }
}

package fr.carnet.trace.chain;

import fr.carnet.trace.chain.Finding.Kind;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Walks one chain from its first row to its last. What follows a first finding is held to the row before it, so that one
 * tampered row is one finding or two, not thousands.
 */
final class ChainCheck {

    private final String chain;
    private final NavigableMap<Long, Hash> anchors;
    private long place;
    private Optional<Hash> previous;

    /**
     * @param chain its name
     * @param place of the last row before those that are shown: 0, or the end of a purge
     * @param previous its hash; empty if it is not known, because only later rows are looked at
     * @param anchors hashes by place, as signed roots know them
     */
    ChainCheck(String chain, long place, Optional<Hash> previous, NavigableMap<Long, Hash> anchors) {
        this.chain = chain;
        this.place = place;
        this.previous = previous;
        this.anchors = anchors;
    }

    String chain() {
        return chain;
    }

    /** Looks at the next row, in the order of places. */
    Optional<Finding> next(Link link) {
        Optional<Finding> finding = finding(link);
        place = link.place();
        previous = Optional.of(link.hash());
        return finding;
    }

    private Optional<Finding> finding(Link link) {
        boolean begun = previous.isPresent();
        if (begun && link.place() > place + 1) {
            return Optional.of(Finding.between(Kind.ROWS_MISSING, chain, place + 1, link.place() - 1));
        }
        if (!link.saysWhatWasWritten()) {
            return Optional.of(Finding.at(Kind.CONTENT_CHANGED, link));
        }
        boolean follows =
                !begun || (link.place() == place + 1 && link.previous().equals(previous.get()));
        if (!follows || !link.isTied()) {
            return Optional.of(Finding.at(Kind.LINK_BROKEN, link));
        }
        Hash signed = anchors.get(link.place());
        return signed == null || signed.equals(link.hash())
                ? Optional.empty()
                : Optional.of(Finding.at(Kind.REWRITTEN, link));
    }

    /**
     * Looks at the end, after the last row.
     *
     * @param head what the table of heads says; empty if it has no such chain
     */
    List<Finding> end(Optional<Head> head) {
        long signed = anchors.isEmpty() ? 0 : anchors.lastKey();
        long known = Math.max(signed, head.map(Head::place).orElse(0L));
        if (known > place) {
            return List.of(Finding.between(Kind.TAIL_MISSING, chain, place + 1, known));
        }
        boolean agrees = head.filter(end ->
                        end.place() == place && previous.map(end.hash()::equals).orElse(true))
                .isPresent();
        return agrees ? List.of() : List.of(Finding.between(Kind.HEAD_DIFFERS, chain, place, place));
    }

    /**
     * The end of a chain, as the table of heads or a root has it.
     *
     * @param place of the last row
     * @param hash of the last row
     */
    record Head(long place, Hash hash) {}
}

package fr.carnet.messaging.xdm;

/**
 * What an archive may weigh.
 *
 * @param maxEntries entries, directories included
 * @param maxBytes unpacked bytes of all entries together
 */
public record XdmLimits(int maxEntries, long maxBytes) {

    /** How many times larger than its compressed form an entry may be, once it is larger than {@link #FREE_BYTES}. */
    static final int MAX_RATIO = 100;

    /** Small entries compress as well as they like. */
    static final long FREE_BYTES = 1 << 20;

    /** @throws IllegalArgumentException if a limit is not positive */
    public XdmLimits {
        if (maxEntries <= 0 || maxBytes <= 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}

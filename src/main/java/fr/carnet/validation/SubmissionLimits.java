package fr.carnet.validation;

/**
 * What a server takes.
 *
 * @param maxEntries entries of one Bundle
 * @param maxDocumentBytes raw bytes of one document
 * @param maskedAndInvisibleTogether {@code MASQUE_PS} and {@code INVISIBLE_PATIENT} may be set together (R102)
 */
public record SubmissionLimits(int maxEntries, int maxDocumentBytes, boolean maskedAndInvisibleTogether) {

    private static final int ENTRIES = 100;
    private static final int BYTES = 20 << 20;

    /** 100 entries, documents of 20 MiB, R102 in force. */
    public static final SubmissionLimits DEFAULTS = new SubmissionLimits(ENTRIES, BYTES, false);

    /** @throws IllegalArgumentException if a limit is not positive */
    public SubmissionLimits {
        if (maxEntries < 1 || maxDocumentBytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}

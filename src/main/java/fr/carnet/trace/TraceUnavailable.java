package fr.carnet.trace;

/**
 * The trace could not be stored or read; nothing may be disclosed or written (503).
 *
 * <p>Deliberately without a cause: PostgreSQL repeats the refused row, hence personal data, in its message.
 */
public final class TraceUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TraceUnavailable(String message) {
        super(message);
    }
}

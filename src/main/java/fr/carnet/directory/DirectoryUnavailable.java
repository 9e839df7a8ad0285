package fr.carnet.directory;

import java.time.Duration;
import java.util.Objects;

/**
 * Nothing reliable can be said (503, with {@code Retry-After}); never to be taken for an absence. Deliberately without a
 * cause: PostgreSQL repeats rows, hence people, in its messages.
 */
public final class DirectoryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final Duration retryAfter;

    /**
     * @param reason why
     * @param retryAfter when asking again may help, for {@code Retry-After}
     */
    public DirectoryUnavailable(Reason reason, Duration retryAfter) {
        super("directory " + reason);
        this.reason = Objects.requireNonNull(reason);
        this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    /** Why nothing can be said. */
    public Reason reason() {
        return reason;
    }

    /** When asking again may help. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Why nothing can be said. */
    public enum Reason {
        /** No extract or list was ever loaded. */
        NEVER_LOADED,
        /** The loaded extract is older than the settings allow. */
        TOO_OLD,
        /** It is there, but cannot be read now. */
        UNREADABLE
    }
}

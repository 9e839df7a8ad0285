package fr.carnet.directory.extract;

import java.util.Objects;

/** A file is not loaded; what was loaded before stays. */
public final class LoadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    LoadRefused(Reason reason, Object detail) {
        super(reason.name());
        this.reason = Objects.requireNonNull(reason);
        this.detail = detail.toString();
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Column names, line numbers, counts or dates; never anything of a person. */
    public String detail() {
        return detail;
    }

    /** Why a file is refused. */
    public enum Reason {
        /** The first line lacks columns. */
        MISSING_COLUMNS,
        /** No line can be used. */
        NOTHING_USABLE,
        /** More than one line in a hundred cannot be used. */
        TOO_MANY_REFUSED,
        /** It lists a tenth fewer than what is loaded: a file that was cut short looks like that. */
        FEWER,
        /** Older than what is loaded: it would bring back people who left. */
        OLDER,
        /** Of a date to come. */
        FROM_THE_FUTURE,
        /** Another load is under way. */
        UNDER_WAY
    }
}

package fr.carnet.policy;

/** States of a space (R10). */
public enum RecordState {
    /** Not informed yet; no record exists before the space opens (R14). */
    NONE,
    /** Informed, the six weeks run (R12). */
    NOTIFIED,
    /** Opened without opposition after six weeks. */
    OPENED_AUTO,
    /** Opened and activated by the holder (R15, R18). */
    OPENED_ACTIVATED,
    /** Opposed before opening (R13). */
    OPPOSED,
    /** Suspended by the operator (R26). */
    SUSPENDED,
    /** Closed; archived for ten years (R20–R22). */
    CLOSED,
    /** Content destroyed. */
    DESTROYED;

    /** True where there is a record to speak of: open, suspended or closed; otherwise it is as if unknown (R13). */
    public boolean isRecord() {
        return isOpen() || this == SUSPENDED || this == CLOSED;
    }

    /** True where it may be fed and read, activated or not (R17). */
    public boolean isOpen() {
        return this == OPENED_AUTO || this == OPENED_ACTIVATED;
    }
}

package fr.carnet.policy;

/** Where a professional stands with one patient's record, as TD0.2 tells it (R42). */
public enum AuthorisationStatus {
    /** Never declared. */
    NONE,
    /** May consult. */
    VALID,
    /** Declared, but its time is over. */
    EXPIRED,
    /** Blocked by the holder (R44). */
    FORBIDDEN
}

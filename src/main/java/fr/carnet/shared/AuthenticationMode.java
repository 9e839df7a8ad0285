package fr.carnet.shared;

/** How the caller was authenticated (TRE_R218, R71). */
public enum AuthenticationMode {
    /** Own card or e-card of the professional; own log-in of the patient. */
    DIRECTE,
    /** Establishment certificate: feeds, never consults (R72). */
    INDIRECTE,
    /** Establishment certificate with the live user named (AIR): consults, never feeds (R73). */
    INDIRECTE_RENFORCEE,
    /** On behalf of somebody else. */
    DELEGUEE
}

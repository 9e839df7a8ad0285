package fr.carnet.shared;

/** What sort of caller a token names. */
public enum CallerKind {
    /** A health or social professional, a natural person (R70). */
    PROFESSIONAL,
    /** The patient himself (titulaire). */
    HOLDER,
    /** Parent or guardian of the patient (R147–R149). */
    REPRESENTATIVE,
    /** A machine of an establishment, of the health insurance or of a referenced service (R65, R68, R69). */
    SYSTEM,
    /** Runs the life cycle of records; never reads content. */
    OPERATOR,
    /** Reads traces and indicators, never content. */
    AUDITOR;

    /** True for the holder and for whoever acts for him in law. */
    public boolean isHoldersSide() {
        return this == HOLDER || this == REPRESENTATIVE;
    }
}

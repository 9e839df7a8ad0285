package fr.carnet.server.cli.tour;

/** Those of the sandbox's cast who appear in the tour. */
enum Cast {
    /** Treating physician of the holders. */
    DR_MARTIN("dr-martin", "899700100011"),
    /** Nurse in private practice. */
    NURSE_PETIT("nurse-petit", "899700100037"),
    /** Officine pharmacist. */
    PHARMACIST_ROCHE("pharmacist-roche", "899700100045"),
    /** Emergency physician. */
    DR_URG("dr-urg", "899700100086"),
    /** Blocked by alice, and by any other holder of the tour in its course. */
    DR_BLOCKED("dr-blocked", "899700100136"),
    /** A holder. */
    ALICE("alice", "284057505601204"),
    /** A holder. */
    DOMINIQUE("dominique", "279035121518989");

    private final String id;
    private final String identifier;

    Cast(String id, String identifier) {
        this.id = id;
        this.identifier = identifier;
    }

    /** Id in the cast, as {@code /sandbox/token} knows it. */
    String id() {
        return id;
    }

    /** idNat_PS, or matricule of the holder. */
    String identifier() {
        return identifier;
    }
}

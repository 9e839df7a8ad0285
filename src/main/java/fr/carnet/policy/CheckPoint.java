package fr.carnet.policy;

import java.util.List;

/** A check of the published order (rules.md §0), as an explanation names it. */
public enum CheckPoint {
    /** Title of the holder or of his representative. */
    TITLE("8", "R91 R147 R148 R149"),
    /** The assertion states one mode, and nobody authenticates on behalf of somebody else. */
    ASSERTION("2", "R50 R71"),
    /** Purposes and sectors that the law shuts out. */
    PURPOSE("3", "R60 R61 R62"),
    /** The patient is the one of the token, and the matricule one that this server takes. */
    IDENTITY("4", "R1 R82"),
    /** The record exists and is open. */
    RECORD("5", "R13 R21 R26"),
    /** The holder has activated his space. */
    ACTIVATION("5", "R18"),
    /** The holder does not block the professional. */
    BLOCK("6", "R44"),
    /** How the caller authenticated suffices for what he asks. */
    AUTHENTICATION("7", "R72 R73"),
    /** Who comes in an emergency may, and the holder does not oppose it. */
    ACCESS_MODE("7", "R51 R52 R54 R55 R56"),
    /** A secret connection is for minors. */
    SECRET_CONNECTION("7", "R146"),
    /** The profession or function reads at least one type. */
    READING_ROLE("7b", "R28 R35 R65 R67 R68 R70"),
    /** An authorisation in force, or an emergency. */
    AUTHORISATION("8", "R36"),
    /** The holder does not oppose the deposits of this professional. */
    DEPOSIT_OPPOSITION("8", "R48"),
    /** A digital service has the holder's authorisation. */
    SERVICE("8", "R69"),
    /** The profession or function feeds at least one type. */
    FEEDING_ROLE("9", "R28 R35"),
    /** The document belongs to this record and is not deleted. */
    PRESENCE("9", "R82 R128"),
    /** The matrix opens the type of the document. */
    MATRIX("9", "R28"),
    /** The labels of the document show it to the caller. */
    LABELS("10", "R103 R105 R108 R111 R117"),
    /** What is asked is within the rights of the caller: author, treating physician, holder. */
    RIGHT("11", "");

    private final String step;
    private final String rules;

    CheckPoint(String step, String rules) {
        this.step = step;
        this.rules = rules;
    }

    /** Number of the step in the published order, e.g. {@code 7b}. */
    public String step() {
        return step;
    }

    /** Rules by which it may refuse, in the order of the numbers; none where the right depends on what is asked. */
    public List<String> rules() {
        return rules.isEmpty() ? List.of() : List.of(rules.split(" ", -1));
    }
}

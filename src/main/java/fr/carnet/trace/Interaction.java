package fr.carnet.trace;

/** FHIR RESTful interaction of a request, with what BALP derives from it. */
public enum Interaction {
    READ("read", "R"),
    VREAD("vread", "R"),
    HISTORY("history", "R"),
    SEARCH("search", "E"),
    CREATE("create", "C"),
    UPDATE("update", "U"),
    PATCH("patch", "U"),
    DELETE("delete", "D"),
    /** The only transaction accepted is ITI-65, hence an addition. */
    TRANSACTION("transaction", "C"),
    OPERATION("operation", "E"),
    CAPABILITIES("capabilities", "R");

    private final String code;
    private final String action;

    Interaction(String code, String action) {
        this.code = code;
        this.action = action;
    }

    /** Code of {@code http://hl7.org/fhir/restful-interaction}. */
    public String code() {
        return code;
    }

    /** {@code AuditEvent.action}: added (C), consulted (R, E), modified (U), deleted (D). */
    public String action() {
        return action;
    }
}

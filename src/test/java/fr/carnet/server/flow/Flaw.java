package fr.carnet.server.flow;

/** What may be wrong with a proof of identity: the negative cases of every way in. */
enum Flaw {
    EXPIRED,
    NOT_YET_VALID,
    WRONG_AUDIENCE,
    WRONG_ISSUER,
    WRONG_ALGORITHM,
    NONE,
    UNKNOWN_KEY,
    REVOKED_CERTIFICATE,
    OTHER_STRUCTURE,
    OTHER_PATIENT,
    REPLAYED,
    UNKNOWN_RPPS,
    WRONG_PROFESSION,
    MISSING_FIELD,
    LOW_ASSURANCE
}

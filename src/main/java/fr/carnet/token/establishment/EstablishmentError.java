package fr.carnet.token.establishment;

import java.util.Locale;

/**
 * Why a certificate or an assertion of an establishment is refused. The code on the wire is the constant in lower case with
 * hyphens; its sentence is {@code establishment.} and the code, in the bundle {@code messages/establishment}.
 */
public enum EstablishmentError {
    /** The certificate, or one of its authorities, is past its validity. */
    CERTIFICATE_EXPIRED(401, "R74"),
    /** It is not valid yet. */
    CERTIFICATE_NOT_YET_VALID(401, "R74"),
    /** No authority that this server trusts has issued it. */
    CERTIFICATE_AUTHORITY_UNKNOWN(401, "R74"),
    /** Its authority has revoked it. */
    CERTIFICATE_REVOKED(401, "R74"),
    /** It was made for another use: one connects, the other signs (EX_GEN-1450). */
    CERTIFICATE_USAGE(401, "R74"),
    /** Its subject names no structure, or several. */
    CERTIFICATE_STRUCTURE(401, "R74"),
    /** Its key or algorithms are too weak. */
    CERTIFICATE_WEAK(401, "R74"),
    /** It cannot be verified for another reason. */
    CERTIFICATE_INVALID(401, "R74"),
    /** The revocation list is missing or out of date: nothing can be said of the certificate. */
    REVOCATION_UNKNOWN(503, "R74"),
    /** The authorities that this server trusts cannot be read. */
    AUTHORITIES_UNREADABLE(503, "R74"),

    /** Not the XML or the JWT that is expected; never read further. */
    ASSERTION_MALFORMED(422, "R80"),
    /** Not signed. */
    SIGNATURE_MISSING(401, "R82"),
    /** Several signatures, or one that does not cover the whole assertion and nothing else. */
    SIGNATURE_COVERAGE(401, "R82"),
    /** An algorithm that this server refuses, SHA-1 among them. */
    SIGNATURE_ALGORITHM(401, "R82"),
    /** The certificate that should prove it is missing. */
    SIGNATURE_CERTIFICATE_MISSING(401, "R82"),
    /** The signature is not that of the certificate, or what is signed was changed. */
    SIGNATURE_INVALID(401, "R82"),
    /** {@code Issuer} is not the subject of the certificate. */
    ISSUER_MISMATCH(401, "R82"),
    /** The structure stated is not that of the certificate. */
    STRUCTURE_MISMATCH(401, "R82"),
    /** Made for somebody else. */
    AUDIENCE_MISMATCH(401, "R83"),
    /** Issued too long ago, or past the end it states. */
    ASSERTION_STALE(401, "R83"),
    /** Issued, or valid, in the future only. */
    ASSERTION_FROM_THE_FUTURE(401, "R83"),
    /** It wants to be valid for longer than this server accepts. */
    ASSERTION_LIFETIME(401, "R83"),
    /** It was used before. */
    ASSERTION_REPLAYED(401, "R83"),
    /** A mandatory field is absent; the detail names it. */
    FIELD_MISSING(422, "R80"),
    /** A field has not the form it must have, or is given twice; the detail names it. */
    FIELD_INVALID(422, "R80"),
    /** The role lacks the specialty, section or role that goes with it, or there are two. */
    ROLE_INCOMPLETE(422, "R81"),
    /** {@code VIHF_Version} is neither 3.0 nor 4.0. */
    VERSION_UNSUPPORTED(422, "R84"),
    /** The purpose of use is no code of TRE_R248. */
    PURPOSE_UNKNOWN(422, "R50"),
    /** The matricule INS of the patient cannot be one. */
    PATIENT_INVALID(422, "R2"),
    /** Reinforced authentication consults the record of one patient, whom it names. */
    PATIENT_MISSING(422, "R77"),
    /** An establishment states a mode that its certificate cannot prove: its own cards do (R71). */
    AUTHENTICATION_MODE(401, "R71"),
    /** The method by which the professional was authenticated is not accepted. */
    AUTHENTICATION_METHOD(401, "R75"),
    /** Reinforced authentication names the professional by his RPPS number. */
    PROFESSIONAL_WITHOUT_RPPS(422, "R76");

    private final int status;
    private final String rule;

    EstablishmentError(int status, String rule) {
        this.status = status;
        this.rule = rule;
    }

    /** HTTP status of a call that is refused for it; 503 when it cannot be known for now. */
    public int status() {
        return status;
    }

    /** Number of the rule, e.g. {@code R82}. */
    public String rule() {
        return rule;
    }

    /** Code on the wire, e.g. {@code signature-invalid}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Key of its sentence; its only argument is the detail of the refusal. */
    public String messageKey() {
        return "establishment." + code();
    }
}

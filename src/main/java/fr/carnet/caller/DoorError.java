package fr.carnet.caller;

import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Why the door refuses. The code on the wire is the constant in lower case with hyphens, e.g. {@code token-expired};
 * its sentences are in the bundle {@code messages/door}.
 */
public enum DoorError {
    /** No {@code Authorization: Bearer} header. */
    TOKEN_MISSING(401, IssueType.LOGIN),
    /** Not a signed JWT. */
    TOKEN_MALFORMED(401, IssueType.LOGIN),
    /** Signature, algorithm, type or key refused (RFC 8725, RFC 9068). */
    TOKEN_UNPROVED(401, IssueType.LOGIN),
    /** {@code iss} is none of the configured issuers. */
    TOKEN_ISSUER_UNKNOWN(401, IssueType.LOGIN),
    /** A required claim is absent. */
    TOKEN_CLAIM_MISSING(401, IssueType.LOGIN),
    /** {@code aud} does not name this server. */
    TOKEN_AUDIENCE(401, IssueType.LOGIN),
    /** {@code exp} is past. */
    TOKEN_EXPIRED(401, IssueType.EXPIRED),
    /** {@code iat} or {@code nbf} lies in the future. */
    TOKEN_FROM_THE_FUTURE(401, IssueType.LOGIN),
    /** {@code exp − iat} is longer than this server accepts. */
    TOKEN_LIFETIME(401, IssueType.LOGIN),
    /** The token is bound to a certificate or a key that this request does not prove (RFC 8705, RFC 9449). */
    TOKEN_BINDING(401, IssueType.LOGIN),
    /** The client's certificate is told by a proxy that has not proved itself (RFC 9440). */
    PROXY_UNPROVED(400, IssueType.SECURITY),
    /** An authenticated proxy tells the client's certificate in a shape that RFC 9440 does not have. */
    CLIENT_CERT_MALFORMED(400, IssueType.STRUCTURE),
    /** The token is genuine, but what it says of the caller is incomplete or contradicts itself (rules.md §0 step 2, R80). */
    ASSERTION_MALFORMED(422, IssueType.INVALID),
    /** Too many tokens from this address were refused. */
    TOO_MANY_ATTEMPTS(429, IssueType.THROTTLED),
    /** The client asks more often than this server accepts. */
    TOO_MANY_REQUESTS(429, IssueType.THROTTLED),
    /** The issuer's keys cannot be had for now. */
    KEYS_UNAVAILABLE(503, IssueType.TRANSIENT),
    /** The refusal itself could not be traced: no trace, no answer of substance. */
    TRACE_UNAVAILABLE(503, IssueType.TRANSIENT),
    /** The request body is larger than this server accepts. */
    BODY_TOO_LARGE(413, IssueType.TOOLONG),
    /** The request body comes so slowly that it holds up others. */
    BODY_TOO_SLOW(408, IssueType.TIMEOUT),
    /** The request body is compressed (CVE-2026-113873: refused, never unpacked). */
    BODY_ENCODED(415, IssueType.NOTSUPPORTED),
    /** Path or header that the firewall refuses. */
    REQUEST_REJECTED(400, IssueType.STRUCTURE),
    /** Nothing is served under this path. */
    PATH_UNKNOWN(404, IssueType.NOTFOUND);

    private final int status;
    private final IssueType issueType;

    DoorError(int status, IssueType issueType) {
        this.status = status;
        this.issueType = issueType;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Code of {@code <root>/CodeSystem/error}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    IssueType issueType() {
        return issueType;
    }

    /** Paths that do not exist are no attempt at anything that the record holds. */
    boolean isTraced() {
        return this != PATH_UNKNOWN;
    }
}

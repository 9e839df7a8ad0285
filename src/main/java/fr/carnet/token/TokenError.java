package fr.carnet.token;

import java.util.Locale;
import java.util.Optional;

/**
 * Why the token service refuses. The code on the wire is the constant in lower case with hyphens; its sentences are in the
 * bundle {@code messages/token}. The status is that of the rule, where there is one, else that of RFC 6749 §5.2.
 */
public enum TokenError implements RefusalReason {
    /** A parameter is missing, empty or sent twice. */
    PARAMETER(400, "invalid_request"),
    /** The client is unknown or has not proved itself. */
    CLIENT_UNPROVED(401, "invalid_client"),
    /** The client is not registered for this way in. */
    WAY_NOT_ALLOWED(400, "unauthorized_client"),
    /** A scope that the client is not registered for. */
    SCOPE(400, "invalid_scope"),
    /** The DPoP proof is refused (RFC 9449). */
    DPOP_PROOF(400, "invalid_dpop_proof"),
    /** The assertion or the upstream token is not proved: signature, issuer, audience, activity. */
    PROOF_REFUSED(401, "invalid_grant"),
    /** What it says is incomplete or contradicts itself. */
    STATEMENT_MISSING(422, "invalid_grant", "R80"),
    /** The person was authenticated too weakly. */
    ASSURANCE_TOO_LOW(401, "invalid_grant", "R71"),
    /** Several acting situations and none chosen, or one that is not the person's. */
    SITUATION(403, "invalid_grant", "R85"),
    /** The professional is unknown to the directory, closed, or of another profession. */
    PROFESSIONAL_UNKNOWN(401, "invalid_grant", "R76"),
    /** The structure has not declared itself. */
    STRUCTURE_UNDECLARED(401, "invalid_grant", "R79"),
    /** The homologation number is not the one of this product. */
    SOFTWARE_UNKNOWN(401, "invalid_grant", "R86"),
    /** Purpose, patient or emergency statement of the wrong shape. */
    CIRCUMSTANCES(422, "invalid_request", "R50"),
    /** An emergency that names no patient. */
    EMERGENCY_PATIENT(422, "invalid_request", "R58"),
    /** The authorization code is unknown, used or too old, or of another client, address or proof key. */
    CODE_REFUSED(400, "invalid_grant"),
    /** A response type other than {@code code}. */
    RESPONSE_TYPE(400, "unsupported_response_type"),
    /** {@code prompt=none}: there is no session here, each log-in asks the person. */
    LOGIN_REQUIRED(400, "login_required"),
    /** The log-in was not begun by this browser, or too long ago, or is over. */
    LOGIN_EXPIRED(400, "invalid_request"),
    /** The person gave up at the identity provider, or was refused there. */
    LOGIN_ABANDONED(403, "access_denied"),
    /** A patient or representative logged in with one factor only. */
    SECOND_FACTOR(401, "access_denied", "R16"),
    /** INSi does not know exactly one person with the traits of the account. */
    PERSON_UNKNOWN(403, "access_denied", "R4"),
    /** Too many attempts. */
    TOO_MANY(429, "slow_down"),
    /** An identity provider, the directory or a revocation list cannot be reached: nothing is guessed. */
    UPSTREAM_UNAVAILABLE(503, "temporarily_unavailable"),
    /** The token could not be traced. */
    TRACE_UNAVAILABLE(503, "temporarily_unavailable");

    private final int status;
    private final String oauth;
    private final String rule;

    TokenError(int status, String oauth) {
        this(status, oauth, null);
    }

    TokenError(int status, String oauth, String rule) {
        this.status = status;
        this.oauth = oauth;
        this.rule = rule;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String oauth() {
        return oauth;
    }

    @Override
    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String messageKey() {
        return "token." + code();
    }
}

package fr.carnet.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** How an identity is proved to the token service; a client is registered for some of them. */
public enum WayIn {
    /** Exchange of a Pro Santé Connect access token (RFC 8693; R71, R85). */
    PSC("urn:ietf:params:oauth:grant-type:token-exchange"),
    /** Assertion signed by an establishment (RFC 7523; R72–R79). */
    AIR("urn:ietf:params:oauth:grant-type:jwt-bearer"),
    /** VIHF of existing software (RFC 7522; R80–R84). */
    VIHF("urn:ietf:params:oauth:grant-type:saml2-bearer"),
    /** Somebody logs in with a browser (authorization code and PKCE). */
    LOGIN("authorization_code"),
    /** The operator's and the auditor's own programs. */
    MACHINE("client_credentials");

    private final String grant;

    WayIn(String grant) {
        this.grant = grant;
    }

    AuthorizationGrantType grant() {
        return new AuthorizationGrantType(grant);
    }

    /** Way of a {@code grant_type}; empty for one that is not offered. */
    static Optional<WayIn> of(String grant) {
        return Arrays.stream(values()).filter(way -> way.grant.equals(grant)).findFirst();
    }

    /** As the settings and the texts write it, e.g. {@code psc}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

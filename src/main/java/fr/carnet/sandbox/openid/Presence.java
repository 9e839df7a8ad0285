package fr.carnet.sandbox.openid;

import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody authenticated at a played provider, with a level of assurance, and what becomes of his identity token. */
public final class Presence extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String person;
    private final String assurance;
    private final Fate fate;

    /** What the ID token of a log-in is like. */
    public enum Fate {
        GOOD,
        /** Expired ten minutes ago. */
        EXPIRED,
        /** With the nonce of another log-in. */
        NONCE,
        /** Of another issuer. */
        ISSUER,
        /** Issued in ten minutes. */
        FUTURE,
        /** For another client. */
        AUDIENCE,
        /** Without nonce. */
        MISSING,
        /** Signed with a shared secret. */
        ALGORITHM,
        /** Not signed. */
        UNSIGNED,
        /** Signed with a key that is not published. */
        KEY;

        static Fate of(String name) {
            return name == null ? GOOD : valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** A person of that id, whose tokens are good. */
    public Presence(String person, String assurance) {
        this(person, assurance, Fate.GOOD);
    }

    Presence(String person, String assurance, Fate fate) {
        super(List.of());
        this.person = person;
        this.assurance = assurance;
        this.fate = fate;
        setAuthenticated(true);
    }

    @Override
    public String getPrincipal() {
        return person;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    /** {@code acr}. */
    public String assurance() {
        return assurance;
    }

    Fate fate() {
        return fate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Presence that
                && person.equals(that.person)
                && assurance.equals(that.assurance)
                && fate == that.fate;
    }

    @Override
    public int hashCode() {
        return person.hashCode();
    }
}

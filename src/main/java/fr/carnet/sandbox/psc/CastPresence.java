package fr.carnet.sandbox.psc;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody of the cast, authenticated at Pro Santé Connect with a level of assurance. */
final class CastPresence extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String actor;
    private final String assurance;

    CastPresence(String actor, String assurance) {
        super(List.of());
        this.actor = actor;
        this.assurance = assurance;
        setAuthenticated(true);
    }

    @Override
    public String getPrincipal() {
        return actor;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    /** {@code acr}. */
    String assurance() {
        return assurance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CastPresence that && actor.equals(that.actor) && assurance.equals(that.assurance);
    }

    @Override
    public int hashCode() {
        return actor.hashCode();
    }
}

package fr.carnet.token.login;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who has logged in: whom a code is made for. */
final class ActingPrincipal extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Acting acting;

    ActingPrincipal(Acting acting) {
        super(List.of());
        this.acting = acting;
        setAuthenticated(true);
    }

    @Override
    public Acting getPrincipal() {
        return acting;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return acting.subject();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

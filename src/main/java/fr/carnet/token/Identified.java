package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody whose identity is proved: the principal that an access token is written for. */
final class Identified extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient CallerSession session;

    Identified(CallerSession session) {
        super(List.of());
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public CallerSession getPrincipal() {
        return session;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return session.caller().subject();
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

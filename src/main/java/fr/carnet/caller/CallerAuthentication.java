package fr.carnet.caller;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Proof, for Spring Security, that the token was accepted; carries no authority: the policy decides. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient CallerSession session;
    private final transient TokenBinding binding;
    private final boolean possessionProved;

    /**
     * An accepted token.
     *
     * @param possessionProved true if a DPoP proof of this very token was verified
     */
    CallerAuthentication(CallerSession session, TokenBinding binding, boolean possessionProved) {
        super(List.of());
        this.session = session;
        this.binding = binding;
        this.possessionProved = possessionProved;
        setAuthenticated(true);
    }

    @Override
    public CallerSession getPrincipal() {
        return session;
    }

    /** The token itself is not kept. */
    @Override
    public Object getCredentials() {
        return "";
    }

    TokenBinding binding() {
        return binding;
    }

    boolean isPossessionProved() {
        return possessionProved;
    }

    /** Shown by the container's access log: the token's id names nobody. */
    @Override
    public String getName() {
        return session.caller().token().id();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallerAuthentication that
                && session.equals(that.session)
                && possessionProved == that.possessionProved;
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }
}

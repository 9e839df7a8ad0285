package fr.carnet.token;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

/** A token request (ITI-71) for one of the ways in that prove an identity without a browser. */
public final class GrantRequest extends OAuth2AuthorizationGrantAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final WayIn wayIn;
    private final transient Optional<String> dpopProof;

    GrantRequest(WayIn wayIn, Authentication client, Map<String, String> parameters, Optional<String> dpopProof) {
        super(wayIn.grant(), client, Map.copyOf(parameters));
        this.wayIn = wayIn;
        this.dpopProof = dpopProof;
    }

    /** The way in that is asked for. */
    WayIn wayIn() {
        return wayIn;
    }

    /** Value of the {@code DPoP} header. */
    Optional<String> dpopProof() {
        return dpopProof;
    }

    /** A parameter; empty when absent or blank. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable((String) getAdditionalParameters().get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A parameter that must be there.
     *
     * @throws TokenRefusal {@link TokenError#PARAMETER}
     */
    public String required(String name) {
        return parameter(name).orElseThrow(() -> new TokenRefusal(TokenError.PARAMETER, name));
    }

    /** Value of {@code scope}, split. */
    Set<String> scopes() {
        return parameter("scope").stream()
                .flatMap(list -> Arrays.stream(list.split(" +", -1)))
                .collect(Collectors.toUnmodifiableSet());
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

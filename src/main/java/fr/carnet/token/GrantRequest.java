package fr.carnet.token;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;

/** A token request (ITI-71) for one of the ways in. */
public final class GrantRequest extends OAuth2AuthorizationGrantAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final WayIn wayIn;
    private final transient StatedParameters stated;
    private final transient Optional<String> dpopProof;

    GrantRequest(WayIn wayIn, Authentication client, Map<String, String> parameters, Optional<String> dpopProof) {
        super(wayIn.grant(), client, Map.copyOf(parameters));
        this.wayIn = wayIn;
        this.stated = new StatedParameters(parameters);
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

    /** All parameters. */
    public StatedParameters stated() {
        return stated;
    }

    /** {@link StatedParameters#parameter}. */
    public Optional<String> parameter(String name) {
        return stated.parameter(name);
    }

    /** {@link StatedParameters#required}. */
    public String required(String name) {
        return stated.required(name);
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

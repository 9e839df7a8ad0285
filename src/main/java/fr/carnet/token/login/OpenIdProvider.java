package fr.carnet.token.login;

import fr.carnet.token.TokenSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * An OpenID provider at which people log in. Its endpoints are configured, never discovered: this server starts while the
 * provider is down.
 *
 * @param people who has an account there
 * @param issuer {@code iss} of its tokens
 * @param authorizationUri where the browser is sent
 * @param tokenUri where its codes are exchanged
 * @param jwksUri its keys
 * @param userinfoUri asked for further claims, JSON or signed; empty where none are needed
 * @param clientId of this server there
 * @param clientSecret of this server there
 * @param method how it is sent
 * @param scopes asked for
 * @param acr level of assurance asked for ({@code acr_values})
 * @param timeout of each call
 */
public record OpenIdProvider(
        TokenSettings.People people,
        String issuer,
        URI authorizationUri,
        URI tokenUri,
        URI jwksUri,
        Optional<URI> userinfoUri,
        String clientId,
        String clientSecret,
        ClientAuthenticationMethod method,
        Set<String> scopes,
        String acr,
        Duration timeout) {

    /** @throws NullPointerException if a component is missing */
    public OpenIdProvider {
        Objects.requireNonNull(people);
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(authorizationUri);
        Objects.requireNonNull(tokenUri);
        Objects.requireNonNull(jwksUri);
        Objects.requireNonNull(userinfoUri);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(clientSecret);
        Objects.requireNonNull(method);
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(acr);
        Objects.requireNonNull(timeout);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "OpenIdProvider[" + issuer + "]";
    }
}

package fr.carnet.token.login;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an authorization code stands for.
 *
 * @param client {@code client_id} that it was given to
 * @param redirectUri of the authorization request; null where it named none
 * @param scopes asked for; empty for all that the client has
 * @param proofKey {@code code_challenge} and its method (RFC 7636)
 * @param acting as whom its holder acts
 */
record GrantedCode(String client, String redirectUri, Set<String> scopes, Map<String, Object> proofKey, Acting acting) {

    /** {@link #redirectUri}, where one was named: the token request then names the same (RFC 6749 §4.1.3). */
    Optional<String> redirectNamed() {
        return Optional.ofNullable(redirectUri);
    }

    @Override
    public String toString() {
        return "GrantedCode";
    }
}

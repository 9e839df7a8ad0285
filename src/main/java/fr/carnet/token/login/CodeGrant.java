package fr.carnet.token.login;

import fr.carnet.token.StatedParameters;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** A code for an authorization request whose user has logged in: Spring Authorization Server judges the request once more. */
final class CodeGrant {

    private final AuthenticationProvider provider;

    /** No consent is asked here: what may be seen is the policy's, at each request. */
    CodeGrant(RegisteredClientRepository clients, StoredCodes codes) {
        provider = new OAuth2AuthorizationCodeRequestAuthenticationProvider(
                clients, codes, new InMemoryOAuth2AuthorizationConsentService());
    }

    String of(StatedParameters request, Acting acting) {
        try {
            var granted =
                    (OAuth2AuthorizationCodeRequestAuthenticationToken) provider.authenticate(asked(request, acting));
            return granted.getAuthorizationCode().getTokenValue();
        } catch (OAuth2AuthenticationException e) {
            throw RequestErrors.refusal(e);
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationToken asked(StatedParameters request, Acting acting) {
        return new OAuth2AuthorizationCodeRequestAuthenticationToken(
                LoginPaths.AUTHORIZE,
                request.required("client_id"),
                new ActingPrincipal(acting),
                request.parameter("redirect_uri").orElse(null),
                request.parameter("state").orElse(null),
                scopes(request),
                Map.of(
                        "code_challenge", request.required("code_challenge"),
                        "code_challenge_method", request.required("code_challenge_method")));
    }

    private static Set<String> scopes(StatedParameters request) {
        return request.parameter("scope").stream()
                .flatMap(list -> Arrays.stream(list.split(" +", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }
}

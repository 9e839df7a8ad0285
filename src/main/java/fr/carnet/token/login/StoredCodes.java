package fr.carnet.token.login;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * Authorization codes as Spring Authorization Server stores and finds them, with its tokens left out: an access token says
 * itself what it is. Each code lives a minute and is taken once.
 */
public final class StoredCodes implements OAuth2AuthorizationService {

    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final String KIND = "code ";

    private final SealedTickets tickets;
    private final RegisteredClientRepository clients;
    private final Clock clock;

    /** Codes of these clients. */
    public StoredCodes(SealedTickets tickets, RegisteredClientRepository clients, Clock clock) {
        this.tickets = tickets;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization.getToken(OAuth2AuthorizationCode.class);
        OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        ActingPrincipal principal = authorization.getAttribute(Principal.class.getName());
        if (code == null || request == null || principal == null) {
            throw new IllegalArgumentException("authorization codes only are kept");
        }
        Map<String, Object> proofKey = Map.of(
                "code_challenge", request.getAdditionalParameters().get("code_challenge"),
                "code_challenge_method", request.getAdditionalParameters().get("code_challenge_method"));
        tickets.keep(
                KIND + code.getToken().getTokenValue(),
                LIFETIME,
                new GrantedCode(
                        request.getClientId(),
                        request.getRedirectUri(),
                        authorization.getAuthorizedScopes(),
                        proofKey,
                        principal.getPrincipal()));
    }

    /** What a code stands for; it stays. */
    Optional<GrantedCode> look(String code) {
        return tickets.look(KIND + code, GrantedCode.class);
    }

    /** What a code stands for, for the first who comes. */
    Optional<GrantedCode> take(String code) {
        return tickets.take(KIND + code, GrantedCode.class);
    }

    /** For the verification of the proof key (RFC 7636 §4.6). */
    @Override
    public OAuth2Authorization findByToken(String token, OAuth2TokenType type) {
        return type != null && "code".equals(type.getValue())
                ? look(token).map(granted -> authorization(token, granted)).orElse(null)
                : null;
    }

    private OAuth2Authorization authorization(String code, GrantedCode granted) {
        return OAuth2Authorization.withRegisteredClient(clients.findByClientId(granted.client()))
                .principalName(granted.acting().subject())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(Set.copyOf(granted.scopes()))
                .attribute(OAuth2AuthorizationRequest.class.getName(), request(granted))
                .token(new OAuth2AuthorizationCode(
                        code, clock.instant(), clock.instant().plus(LIFETIME)))
                .build();
    }

    private static OAuth2AuthorizationRequest request(GrantedCode granted) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(LoginPaths.AUTHORIZE)
                .clientId(granted.client())
                .redirectUri(granted.redirectUri())
                .scopes(granted.scopes())
                .additionalParameters(granted.proofKey())
                .build();
    }

    @Override
    public OAuth2Authorization findById(String id) {
        return null;
    }

    /** A code goes when it is taken, or by its age. */
    @Override
    public void remove(OAuth2Authorization authorization) {}
}

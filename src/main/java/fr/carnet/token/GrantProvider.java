package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AccessMode;
import fr.carnet.shared.Caller;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** Issues an access token to whoever proves an identity by a way in that his client is registered for. */
final class GrantProvider implements AuthenticationProvider {

    private final Clients clients;
    private final Map<WayIn, Identification> ways;
    private final StandingChecks standing;
    private final ProofOfPossession possession;
    private final OAuth2TokenGenerator<? extends OAuth2Token> tokens;

    GrantProvider(
            Clients clients,
            Stream<Identification> ways,
            StandingChecks standing,
            ProofOfPossession possession,
            OAuth2TokenGenerator<? extends OAuth2Token> tokens) {
        this.clients = clients;
        this.ways = ways.collect(Collectors.toUnmodifiableMap(Identification::wayIn, Function.identity()));
        this.standing = standing;
        this.possession = possession;
        this.tokens = tokens;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return GrantRequest.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        GrantRequest request = (GrantRequest) authentication;
        RegisteredClient client = client(request);
        Identification way = ways.get(request.wayIn());
        if (way == null || !client.getAuthorizationGrantTypes().contains(request.getGrantType())) {
            throw new TokenRefusal(TokenError.WAY_NOT_ALLOWED);
        }
        Set<String> scopes = scopes(way.scopes(request), client);
        CallerSession session = way.identify(request, clients.settings(client), ref(client));
        requirePatientOfEmergency(session.context());
        standing.check(session.caller());
        return issued(request, client, session, scopes);
    }

    private static RegisteredClient client(GrantRequest request) {
        if (request.getPrincipal() instanceof OAuth2ClientAuthenticationToken proved && proved.isAuthenticated()) {
            return proved.getRegisteredClient();
        }
        throw new TokenRefusal(TokenError.CLIENT_UNPROVED);
    }

    private static void requirePatientOfEmergency(AccessContext context) {
        if (context.patient().isEmpty()
                && context.mode().filter(AccessMode::isEmergency).isPresent()) {
            throw new TokenRefusal(TokenError.EMERGENCY_PATIENT);
        }
    }

    /** Without any, all that the client is registered for (RFC 6749 §3.3). */
    private static Set<String> scopes(Set<String> wanted, RegisteredClient client) {
        if (!client.getScopes().containsAll(wanted)) {
            throw new TokenRefusal(TokenError.SCOPE);
        }
        return wanted.isEmpty() ? client.getScopes() : wanted;
    }

    private static Caller.TokenRef ref(RegisteredClient client) {
        return new Caller.TokenRef(
                AuthorizationServerContextHolder.getContext().getIssuer(),
                client.getClientId(),
                UUID.randomUUID().toString());
    }

    private OAuth2AccessTokenAuthenticationToken issued(
            GrantRequest request, RegisteredClient client, CallerSession session, Set<String> scopes) {
        Identified principal = new Identified(session);
        DefaultOAuth2TokenContext.Builder context = DefaultOAuth2TokenContext.builder()
                .registeredClient(client)
                .principal(principal)
                .authorizationServerContext(AuthorizationServerContextHolder.getContext())
                .authorizedScopes(scopes)
                .tokenType(OAuth2TokenType.ACCESS_TOKEN)
                .authorizationGrantType(request.getGrantType())
                .authorizationGrant(request);
        request.dpopProof()
                .map(possession::verified)
                .ifPresent(proof -> context.put(OAuth2TokenContext.DPOP_PROOF_KEY, proof));
        Jwt token = (Jwt) tokens.generate(context.build());
        return new OAuth2AccessTokenAuthenticationToken(
                client,
                principal,
                new OAuth2AccessToken(
                        request.dpopProof().isPresent() ? TokenType.DPOP : TokenType.BEARER,
                        token.getTokenValue(),
                        token.getIssuedAt(),
                        token.getExpiresAt(),
                        scopes));
    }
}

package fr.carnet.sandbox.psc;

import fr.carnet.sandbox.openid.Presence;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * The clients of the played Pro Santé Connect, and the tokens that they hold.
 *
 * @param clients its clients
 * @param authorizations its live tokens
 * @param tokens signs them
 */
record PscAccounts(
        RegisteredClientRepository clients,
        OAuth2AuthorizationService authorizations,
        OAuth2TokenGenerator<OAuth2Token> tokens) {

    /** What a token for the asking is like. */
    enum Fate {
        ACTIVE,
        /** Expired a minute ago. */
        EXPIRED,
        /** Logged out since: introspection says that it is not active. */
        REVOKED
    }

    /**
     * A token as if that person had logged in with that client.
     *
     * @param issuer {@code iss}
     * @param fate whether introspection will say that it is active
     * @param falsehoods what userinfo will say wrongly
     */
    OAuth2AccessToken forTheAsking(
            Presence present, RegisteredClient client, String issuer, Fate fate, Falsehoods falsehoods) {
        Jwt token = (Jwt) tokens.generate(DefaultOAuth2TokenContext.builder()
                .registeredClient(client)
                .principal(present)
                .authorizationServerContext(new Asked(issuer))
                .authorizedScopes(client.getScopes())
                .tokenType(OAuth2TokenType.ACCESS_TOKEN)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .build());
        Instant expiry = fate == Fate.EXPIRED ? token.getIssuedAt().plusMillis(1) : token.getExpiresAt();
        OAuth2AccessToken access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                token.getTokenValue(),
                token.getIssuedAt(),
                expiry,
                client.getScopes());
        if (fate != Fate.REVOKED) {
            authorizations.save(OAuth2Authorization.withRegisteredClient(client)
                    .principalName(present.getName())
                    .attribute(Falsehoods.ATTRIBUTE, falsehoods)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizedScopes(client.getScopes())
                    // userinfo is given to whoever logged in with OpenID Connect
                    .token(new OidcIdToken(
                            // a name of its own: the library looks tokens up by their value
                            UUID.randomUUID().toString(),
                            token.getIssuedAt(),
                            token.getExpiresAt(),
                            Map.of("sub", token.getSubject())))
                    .token(access, held -> held.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, token.getClaims()))
                    .build());
        }
        return access;
    }

    private record Asked(String issuer) implements AuthorizationServerContext {

        @Override
        public String getIssuer() {
            return issuer;
        }

        @Override
        public AuthorizationServerSettings getAuthorizationServerSettings() {
            return AuthorizationServerSettings.builder().issuer(issuer).build();
        }
    }
}

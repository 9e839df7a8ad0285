package fr.carnet.token;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;

/** Introspection (ITI-102, RFC 7662) of the tokens signed here: they say themselves what they are, none is stored. */
final class OwnTokens implements AuthenticationProvider {

    private static final Set<String> TOLD = Set.of("iss", "sub", "client_id", "jti", "scope", "extensions", "cnf");

    private final JwtDecoder own;

    OwnTokens(JwtDecoder own) {
        this.own = own;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenIntrospectionAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var question = (OAuth2TokenIntrospectionAuthenticationToken) authentication;
        if (!(question.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) || !client.isAuthenticated()) {
            throw new TokenRefusal(TokenError.CLIENT_UNPROVED);
        }
        return new OAuth2TokenIntrospectionAuthenticationToken(question.getToken(), client, told(question.getToken()));
    }

    /** RFC 7662 §2.2: why a token is not active is not told. */
    private OAuth2TokenIntrospection told(String token) {
        try {
            return active(own.decode(token));
        } catch (JwtException e) {
            return OAuth2TokenIntrospection.builder().build();
        }
    }

    private static boolean isOfKey(Jwt token) {
        return token.getClaims().get("cnf") instanceof Map<?, ?> binding && binding.containsKey("jkt");
    }

    private static OAuth2TokenIntrospection active(Jwt token) {
        Map<String, Object> claims = new LinkedHashMap<>(token.getClaims());
        claims.keySet().retainAll(TOLD);
        Object scope = claims.remove("scope");
        OAuth2TokenIntrospection.Builder told = OAuth2TokenIntrospection.builder(true)
                .audience(token.getAudience().get(0))
                .issuedAt(token.getIssuedAt())
                .expiresAt(token.getExpiresAt())
                .tokenType(isOfKey(token) ? "DPoP" : "Bearer");
        if (scope instanceof String scopes) {
            for (String one : scopes.split(" ", -1)) {
                told.scope(one);
            }
        }
        claims.forEach(told::claim);
        return told.build();
    }
}

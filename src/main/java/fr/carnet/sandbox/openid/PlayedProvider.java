package fr.carnet.sandbox.openid;

import com.nimbusds.jose.jwk.source.JWKSource;
import fr.carnet.token.ClientSecretHash;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * An OpenID provider under a path of its own, hence one issuer among several: discovery, login page, tokens, introspection,
 * userinfo.
 *
 * @param root path that all its paths begin with, e.g. {@code /sandbox/psc}
 * @param known who has an account
 * @param userinfo claims of somebody who has logged in
 * @param clients its clients
 * @param authorizations its live tokens
 * @param tokens signs them
 */
public record PlayedProvider(
        String root,
        Predicate<String> known,
        Function<OAuth2Authorization, Map<String, Object>> userinfo,
        RegisteredClientRepository clients,
        OAuth2AuthorizationService authorizations,
        PlayedTokens tokens) {

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(2);
    private static final Duration REFRESH_TOKEN = Duration.ofMinutes(30);

    /**
     * A client whose secret is in the documentation.
     *
     * @param id its secret is {@code secret-<id>}
     * @param redirectUris where its people come back
     */
    public static RegisteredClient client(String id, Set<String> scopes, Set<String> redirectUris) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(new ClientSecretHash().encode("secret-" + id))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(redirectUris))
                .scopes(all -> all.addAll(scopes))
                .clientSettings(ClientSettings.builder().requireProofKey(false).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN)
                        .refreshTokenTimeToLive(REFRESH_TOKEN)
                        .build())
                .build();
    }

    /**
     * What stands before its paths.
     *
     * @param open paths beside the login page that anybody may ask
     */
    public SecurityFilterChain chain(HttpSecurity http, String... open) throws Exception {
        String login = root + "/login";
        http.setSharedObject(JWKSource.class, tokens.keys());
        http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher(root + "/**"))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(clients)
                                .authorizationService(authorizations)
                                .tokenGenerator(tokens.generator())
                                .authorizationServerSettings(endpoints())
                                .oidc(oidc -> oidc.userInfoEndpoint(endpoint -> endpoint.userInfoMapper(
                                        asked -> new OidcUserInfo(userinfo.apply(asked.getAuthorization()))))))
                .authenticationProvider(new PlayedLogin(known))
                .authorizeHttpRequests(paths -> paths.requestMatchers(login)
                        .permitAll()
                        .requestMatchers(open)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .csrf(forms -> forms.ignoringRequestMatchers(open))
                .formLogin(form -> form.loginPage(login)
                        .usernameParameter("actor")
                        .authenticationDetailsSource(request -> new PlayedLogin.Wanted(
                                request.getParameter("acr"), Presence.Fate.of(request.getParameter("fate")))))
                .oauth2ResourceServer(asked -> asked.jwt(jwt -> jwt.decoder(tokens.decoder())));
        return http.build();
    }

    private static AuthorizationServerSettings endpoints() {
        return AuthorizationServerSettings.builder()
                .multipleIssuersAllowed(true)
                .authorizationEndpoint("/auth")
                .tokenEndpoint("/token")
                .jwkSetEndpoint("/jwks")
                .tokenIntrospectionEndpoint("/introspect")
                .oidcUserInfoEndpoint("/userinfo")
                .build();
    }
}

package fr.carnet.sandbox.psc;

import com.nimbusds.jose.jwk.source.JWKSource;
import fr.carnet.sandbox.Cast;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Pro Santé Connect under {@code /sandbox/psc}: the endpoints that a vendor configures, and that this server asks. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class PscConfiguration {

    static final String ROOT = "/sandbox/psc";
    static final String LOGIN = ROOT + "/login";
    static final String FOR_THE_ASKING = ROOT + "/access-token";

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(2);
    private static final Duration REFRESH_TOKEN = Duration.ofMinutes(30);

    @Bean
    PscTokens pscTokens(Cast cast) {
        return new PscTokens(cast);
    }

    @Bean
    PscAccounts pscAccounts(PscTokens tokens) {
        return new PscAccounts(clients(), new InMemoryOAuth2AuthorizationService(), tokens.generator());
    }

    @Bean
    @Order(0)
    SecurityFilterChain proSanteConnect(HttpSecurity http, Cast cast, PscTokens tokens, PscAccounts accounts)
            throws Exception {
        http.setSharedObject(JWKSource.class, tokens.keys());
        http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher(ROOT + "/**"))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(accounts.clients())
                                .authorizationService(accounts.authorizations())
                                .tokenGenerator(tokens.generator())
                                .authorizationServerSettings(endpoints())
                                .oidc(oidc -> oidc.userInfoEndpoint(
                                        userinfo -> userinfo.userInfoMapper(asked -> userinfo(cast, asked)))))
                .authenticationProvider(new CastLogin(cast))
                .authorizeHttpRequests(paths -> paths.requestMatchers(LOGIN, FOR_THE_ASKING)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .csrf(forms -> forms.ignoringRequestMatchers(FOR_THE_ASKING))
                .formLogin(form -> form.loginPage(LOGIN).usernameParameter("actor"))
                .oauth2ResourceServer(userinfo -> userinfo.jwt(jwt -> jwt.decoder(tokens.decoder())));
        return http.build();
    }

    /** Under a path of its own, hence one issuer among several for the library. */
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

    private static OidcUserInfo userinfo(Cast cast, OidcUserInfoAuthenticationContext asked) {
        OAuth2Authorization login = asked.getAuthorization();
        Map<String, Object> claims = cast.actor(login.getPrincipalName())
                .map(new CastUserinfo(cast)::of)
                .orElseThrow();
        return new OidcUserInfo(Optional.ofNullable(login.<Falsehoods>getAttribute(Falsehoods.ATTRIBUTE))
                .map(falsehoods -> falsehoods.in(claims))
                .orElse(claims));
    }

    /** The accounts of a vendor's software and of this server; their secrets are in the documentation. */
    private static RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(client("lps"), client("autre-lps"), client("carnet"));
    }

    private static RegisteredClient client(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret("{noop}secret-" + id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                // any port of the loopback (RFC 8252)
                .redirectUri("http://127.0.0.1/callback")
                .scope("openid")
                .scope("scope_all")
                .clientSettings(ClientSettings.builder().requireProofKey(false).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN)
                        .refreshTokenTimeToLive(REFRESH_TOKEN)
                        .build())
                .build();
    }
}

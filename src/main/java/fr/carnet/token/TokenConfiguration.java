package fr.carnet.token;

import fr.carnet.caller.BrowserOrigins;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.caller.FailedAttempts;
import fr.carnet.caller.RequestRate;
import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.shared.SingleUse;
import fr.carnet.token.login.LoginPaths;
import fr.carnet.token.login.Logins;
import fr.carnet.token.login.StoredCodes;
import fr.carnet.trace.TraceStore;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The token service in front of the FHIR base: where {@code carnet.token.keys} says what it signs with. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("carnet.token.keys")
@EnableConfigurationProperties(TokenSettings.class)
class TokenConfiguration {

    static final String TOKEN = "/oauth2/token";
    static final String INTROSPECT = "/oauth2/introspect";

    @Bean
    SigningKeys signingKeys(TokenSettings settings, Clock clock) {
        return new SigningKeys(settings.keys(), clock);
    }

    @Bean
    JwtEncoder tokenEncoder(SigningKeys keys) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
        // several may be published: the current one signs
        encoder.setJwkSelector(published -> keys.current());
        return encoder;
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> accessTokenClaims(
            SigningKeys keys, DoorSettings door, TokenSettings settings, Clock clock) {
        return new AccessTokenClaims(door.fhirBase(), keys::current, settings.lifetime(), clock);
    }

    @Bean
    Clients tokenClients(TokenSettings settings) {
        return new Clients(settings.clients(), settings.lifetime());
    }

    @Bean
    PasswordEncoder clientSecrets() {
        return new ClientSecretHash();
    }

    @Bean
    IssueTraces issueTraces(TraceStore traces, Clock clock) {
        return new IssueTraces(traces, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain tokenService(
            HttpSecurity http,
            DoorSettings door,
            TokenSettings settings,
            SigningKeys keys,
            ProfessionalDirectory directory,
            DeclaredStructures declared,
            SingleUse singleUse,
            IssueTraces traces,
            Clients clients,
            StoredCodes codes,
            Logins logins,
            CallerTokens callers,
            BrowserOrigins origins,
            Clock clock)
            throws Exception {
        WaysIn ways = new WaysIn(settings, door, declared, singleUse, clock);
        JwtDecoder own = new SignedHere(keys, door.base(), clock);
        TokenAnswers answers = new TokenAnswers(traces, own, callers);
        StandingChecks standing = new StandingChecks(directory, clock);
        ProofOfPossession possession = new ProofOfPossession(door.base() + TOKEN, singleUse, clock);
        Stream<Identification> all = Stream.concat(ways.all(), Stream.of(logins.identification()));
        http.securityMatcher(endpoints(settings))
                .cors(browsers -> browsers.configurationSource(origins))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(clients)
                                .authorizationService(codes)
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .issuer(door.base())
                                        .build())
                                .clientAuthentication(client -> client.errorResponseHandler(answers)
                                        .authenticationConverters(TokenConfiguration::certificates)
                                        .authenticationProviders(ways::verifyCertificates))
                                .tokenEndpoint(token -> token.accessTokenRequestConverters(
                                                converters -> converters.add(0, new GrantConverter()))
                                        .authenticationProviders(providers -> providers.add(
                                                0,
                                                new GrantProvider(clients, all, standing, possession, generator(http))))
                                        .accessTokenResponseHandler(answers)
                                        .errorResponseHandler(answers))
                                .authorizationEndpoint(endpoint -> endpoint.errorResponseHandler(logins.refusals()))
                                .tokenIntrospectionEndpoint(endpoint -> endpoint.authenticationProviders(providers -> {
                                    providers.clear();
                                    providers.add(new OwnTokens(own));
                                }))
                                .authorizationServerMetadataEndpoint(
                                        endpoint -> endpoint.authorizationServerMetadataCustomizer(
                                                document -> document.claims(new Offered(settings)::only))))
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, e) -> {
                    if (path(LoginPaths.AUTHORIZE).matches(request)) {
                        logins.start().commence(request, response, e);
                    } else {
                        answers.onAuthenticationFailure(
                                request, response, new TokenRefusal(TokenError.CLIENT_UNPROVED));
                    }
                }))
                .authorizeHttpRequests(paths -> paths.requestMatchers(TOKEN, INTROSPECT, LoginPaths.AUTHORIZE)
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .addFilterBefore(logins.back(), AuthorizationFilter.class)
                .addFilterBefore(
                        new FailedAttempts(
                                settings.failuresPerMinute(), TokenConfiguration::isFailure, answers::tooMany),
                        LogoutFilter.class)
                .addFilterBefore(
                        new RequestRate(settings.requestsPerMinute(), TokenConfiguration::asking, answers::tooMany),
                        AuthorizationFilter.class)
                // the state of the log-in and its cookie protect that form
                .csrf(forms -> forms.ignoringRequestMatchers(path(LoginPaths.SITUATION)))
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        return http.build();
    }

    /** Those of log-ins are not there where no client's people log in. */
    private static RequestMatcher endpoints(TokenSettings settings) {
        Stream<String> machines =
                Stream.of(TOKEN, "/oauth2/jwks", INTROSPECT, "/.well-known/oauth-authorization-server");
        Stream<String> people = settings.hasLogin() ? LoginPaths.all() : Stream.empty();
        return new OrRequestMatcher(
                Stream.concat(machines, people).map(TokenConfiguration::path).toArray(RequestMatcher[]::new));
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static void certificates(List<AuthenticationConverter> converters) {
        converters.removeIf(X509ClientCertificateAuthenticationConverter.class::isInstance);
        converters.add(new CertificateClients());
    }

    private static boolean isFailure(int status) {
        return HttpStatus.valueOf(status).is4xxClientError() && status != HttpStatus.TOO_MANY_REQUESTS.value();
    }

    /** A product is one client wherever it is installed; whoever comes to log in is known by his address alone. */
    private static Optional<String> asking(HttpServletRequest request) {
        String client = Optional.ofNullable(request.getUserPrincipal())
                .map(Principal::getName)
                .orElse("");
        return Optional.of(client + "|" + request.getRemoteAddr());
    }

    /** The library's own, which writes {@code cnf}. */
    @SuppressWarnings("unchecked")
    private static OAuth2TokenGenerator<? extends OAuth2Token> generator(HttpSecurity http) {
        return http.getSharedObject(OAuth2TokenGenerator.class);
    }
}

package fr.carnet.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.caller.FailedAttempts;
import fr.carnet.caller.RequestRate;
import fr.carnet.directory.DeclaredStructures;
import fr.carnet.directory.ProfessionalDirectory;
import fr.carnet.trace.TraceStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
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
    private static final RequestMatcher ENDPOINTS =
            new OrRequestMatcher(Stream.of(TOKEN, "/oauth2/jwks", INTROSPECT, "/.well-known/oauth-authorization-server")
                    .map(PathPatternRequestMatcher.withDefaults()::matcher)
                    .toArray(RequestMatcher[]::new));

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
    StoredSingleUse usedAssertions(DSLContext dsl) {
        return new StoredSingleUse(dsl);
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
            TraceStore traces,
            CallerTokens callers,
            Clock clock)
            throws Exception {
        WaysIn ways = new WaysIn(settings, door, declared, singleUse, clock);
        Clients clients = new Clients(settings.clients(), settings.lifetime());
        JwtDecoder own = ownTokens(keys, door, clock);
        TokenAnswers answers = new TokenAnswers(new IssueTraces(traces, clock), own, callers);
        StandingChecks standing = new StandingChecks(directory, clock);
        ProofOfPossession possession = new ProofOfPossession(door.base() + TOKEN);
        http.securityMatcher(ENDPOINTS)
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(clients)
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
                                                new GrantProvider(
                                                        clients, ways.all(), standing, possession, generator(http))))
                                        .accessTokenResponseHandler(answers)
                                        .errorResponseHandler(answers))
                                .tokenIntrospectionEndpoint(endpoint -> endpoint.authenticationProviders(providers -> {
                                    providers.clear();
                                    providers.add(new OwnTokens(own));
                                }))
                                .authorizationServerMetadataEndpoint(
                                        endpoint -> endpoint.authorizationServerMetadataCustomizer(
                                                document -> document.claims(new Offered(settings)::only))))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint((request, response, e) -> answers.onAuthenticationFailure(
                                request, response, new TokenRefusal(TokenError.CLIENT_UNPROVED))))
                .authorizeHttpRequests(paths -> paths.requestMatchers(TOKEN, INTROSPECT)
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .addFilterBefore(
                        new FailedAttempts(
                                settings.failuresPerMinute(), TokenConfiguration::isFailure, answers::tooMany),
                        LogoutFilter.class)
                .addFilterBefore(
                        new RequestRate(
                                settings.requestsPerMinute(), TokenConfiguration::installation, answers::tooMany),
                        AuthorizationFilter.class)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        return http.build();
    }

    private static void certificates(List<AuthenticationConverter> converters) {
        converters.removeIf(X509ClientCertificateAuthenticationConverter.class::isInstance);
        converters.add(new CertificateClients());
    }

    private static boolean isFailure(int status) {
        return HttpStatus.valueOf(status).is4xxClientError() && status != HttpStatus.TOO_MANY_REQUESTS.value();
    }

    /** A product is one client wherever it is installed. */
    private static Optional<String> installation(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal())
                .map(client -> client.getName() + "|" + request.getRemoteAddr());
    }

    /** The library's own, which writes {@code cnf}. */
    @SuppressWarnings("unchecked")
    private static OAuth2TokenGenerator<? extends OAuth2Token> generator(HttpSecurity http) {
        return http.getSharedObject(OAuth2TokenGenerator.class);
    }

    private static JwtDecoder ownTokens(SigningKeys keys, DoorSettings door, Clock clock) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256), keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setClock(clock);
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new JwtIssuerValidator(door.base())));
        return decoder;
    }
}

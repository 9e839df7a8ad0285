package fr.carnet.caller;

import fr.carnet.shared.SingleUse;
import fr.carnet.shared.StructureId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which paths exist, and what stands before each: a verified token before {@code /fhir}, nothing else is served. What is for
 * whoever runs the server has a port of its own ({@link ManagementDoor}).
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({DoorSettings.class, ProxySettings.class})
class DoorConfiguration {

    private static final RequestMatcher FHIR = path("/fhir/**");
    private static final RequestMatcher METADATA =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/fhir/metadata");
    /** A document opened by a browser must neither run nor load anything. */
    private static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    @Bean
    DoorAnswers doorAnswers(DoorTrace trace, Clock clock) {
        return new DoorAnswers(trace, clock);
    }

    @Bean
    JwtDecoder trustedTokens(DoorSettings settings, Clock clock) {
        return new TrustedTokens(settings, clock);
    }

    /** Every filter of the door measured by itself costs more than the door; the request as a whole is measured. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    BrowserOrigins browserOrigins(DoorSettings settings) {
        return new BrowserOrigins(settings.door().origins());
    }

    @Bean
    CallerTokens callerTokens() {
        return new CallerTokens();
    }

    @Bean
    FilterRegistrationBean<Filter> correlationFilter() {
        return filter(new CorrelationFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyLimits(DoorSettings settings, DoorAnswers answers) {
        return filter(new BodyLimits(settings.door().maxBody().toBytes(), answers), Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    FilterRegistrationBean<Filter> forwardedCertificates(ProxySettings proxies, DoorAnswers answers) {
        return filter(new ForwardedCertificates(proxies, answers), Ordered.HIGHEST_PRECEDENCE + 2);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain fhir(
            HttpSecurity http,
            JwtDecoder tokens,
            CallerTokens callers,
            DoorSettings settings,
            BrowserOrigins origins,
            SingleUse proofs,
            Clock clock,
            DoorAnswers answers)
            throws Exception {
        AuthenticationEntryPoint refuse = (request, response, e) -> answers.refuse(request, response, refusal(e));
        bare(http)
                .securityMatcher(FHIR)
                .cors(browsers -> browsers.configurationSource(origins))
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(METADATA)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store"))
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(refuse))
                .addFilterBefore(failures(settings, answers), AuthorizationFilter.class)
                .addFilterBefore(bearer(tokens, callers, refuse), AuthorizationFilter.class)
                .addFilterBefore(
                        proved(tokens, callers, settings, new FreshProofs(proofs, clock), refuse),
                        AuthorizationFilter.class)
                .addFilterBefore(new BoundTokens(answers), AuthorizationFilter.class)
                .addFilterBefore(rate(settings, answers), AuthorizationFilter.class);
        return http.build();
    }

    private static Filter failures(DoorSettings settings, DoorAnswers answers) {
        return new FailedAttempts(
                settings.door().failuresPerMinute(),
                status -> status == HttpStatus.UNAUTHORIZED.value(),
                (request, response) -> answers.refuse(request, response, new DoorRefusal(DoorError.TOO_MANY_ATTEMPTS)));
    }

    /** A product is one client wherever it is installed: each structure has its own share. */
    private static Filter rate(DoorSettings settings, DoorAnswers answers) {
        return new RequestRate(
                settings.door().requestsPerMinute(),
                request -> CallerSession.of(request)
                        .map(CallerSession::caller)
                        .map(caller -> caller.token().client() + "|"
                                + caller.structure().map(StructureId::value).orElse("")),
                (request, response) -> answers.refuse(request, response, new DoorRefusal(DoorError.TOO_MANY_REQUESTS)));
    }

    /** {@code Authorization: Bearer}. */
    private static Filter bearer(JwtDecoder tokens, CallerTokens callers, AuthenticationEntryPoint refuse) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(tokens);
        provider.setJwtAuthenticationConverter(
                token -> new CallerAuthentication(callers.session(token), TokenBinding.of(token), false));
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(new ProviderManager(provider));
        filter.setAuthenticationEntryPoint(refuse);
        return filter;
    }

    /** {@code Authorization: DPoP}: the library verifies the proof and its token, and knows the proofs of this node alone. */
    private static Filter proved(
            JwtDecoder tokens,
            CallerTokens callers,
            DoorSettings settings,
            FreshProofs fresh,
            AuthenticationEntryPoint refuse) {
        ProviderManager possession = new ProviderManager(
                new DPoPAuthenticationProvider(new ProviderManager(new JwtAuthenticationProvider(tokens))));
        AuthenticationManager callerOf = attempt -> {
            Jwt token = ((JwtAuthenticationToken) possession.authenticate(attempt)).getToken();
            fresh.require(token, ((DPoPAuthenticationToken) attempt).getDPoPProof());
            return new CallerAuthentication(callers.session(token), TokenBinding.of(token), true);
        };
        AuthenticationFilter filter = new AuthenticationFilter(callerOf, new ProvedPossession(settings.base()));
        filter.setRequestMatcher(ProvedPossession::isAsked);
        filter.setSuccessHandler((request, response, authentication) -> {});
        filter.setFailureHandler((request, response, e) -> refuse.commence(
                request, response, e instanceof DoorRefusal ? e : new DoorRefusal(DoorError.TOKEN_BINDING)));
        return filter;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain nothingElse(HttpSecurity http, DoorAnswers answers) throws Exception {
        bare(http)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, e) ->
                        answers.refuse(request, response, new DoorRefusal(DoorError.PATH_UNKNOWN))));
        return http.build();
    }

    @Bean
    RequestRejectedHandler firewallAnswers(DoorAnswers answers) {
        return (request, response, e) -> {
            if (ManagementDoor.PORT.matches(request)) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
            } else {
                answers.refuse(request, response, new DoorRefusal(DoorError.REQUEST_REJECTED));
            }
        };
    }

    static HttpSecurity bare(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static DoorRefusal refusal(Exception e) {
        if (e instanceof DoorRefusal told) {
            return told;
        }
        return new DoorRefusal(
                e instanceof InvalidBearerTokenException ? DoorError.TOKEN_MALFORMED : DoorError.TOKEN_MISSING);
    }

    static FilterRegistrationBean<Filter> filter(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}

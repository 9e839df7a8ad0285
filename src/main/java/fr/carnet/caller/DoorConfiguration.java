package fr.carnet.caller;

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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which paths exist, and what stands before each: a verified token before {@code /fhir}, nothing else is served. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(DoorSettings.class)
class DoorConfiguration {

    private static final RequestMatcher FHIR = path("/fhir/**");
    private static final RequestMatcher METADATA =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/fhir/metadata");
    private static final RequestMatcher HEALTH =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/actuator/health/**");
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
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain fhir(HttpSecurity http, JwtDecoder tokens, CallerTokens callers, DoorAnswers answers)
            throws Exception {
        AuthenticationEntryPoint refuse = (request, response, e) -> answers.refuse(request, response, refusal(e));
        bare(http)
                .securityMatcher(FHIR)
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
                .oauth2ResourceServer(
                        bearer -> bearer.authenticationEntryPoint(refuse).jwt(jwt -> jwt.decoder(tokens)
                                .jwtAuthenticationConverter(
                                        token -> new CallerAuthentication(callers.session(token)))));
        return http.build();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain nothingElse(HttpSecurity http, DoorAnswers answers) throws Exception {
        bare(http)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HEALTH)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, e) ->
                        answers.refuse(request, response, new DoorRefusal(DoorError.PATH_UNKNOWN))));
        return http.build();
    }

    @Bean
    RequestRejectedHandler firewallAnswers(DoorAnswers answers) {
        return (request, response, e) -> answers.refuse(request, response, new DoorRefusal(DoorError.REQUEST_REJECTED));
    }

    private static HttpSecurity bare(HttpSecurity http) throws Exception {
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

    private static FilterRegistrationBean<Filter> filter(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}

package fr.carnet.caller;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.boot.security.servlet.ApplicationContextRequestMatcher;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;

/**
 * The port for whoever runs the server: health and metrics, read only, and nothing else. It asks for no token, and is not for
 * the network of the clients.
 */
@Configuration(proxyBeanMethods = false)
class ManagementDoor {

    /** Any request that came by that port, whatever its number. */
    static final RequestMatcher PORT = new ByManagementPort();

    private static final RequestMatcher HEALTH = get("/actuator/health/**");
    private static final RequestMatcher METRICS = get("/actuator/prometheus");

    /** Before all others: they would serve their paths on any port. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain management(HttpSecurity http) throws Exception {
        DoorConfiguration.bare(http)
                .securityMatcher(PORT)
                .authorizeHttpRequests(paths -> paths.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HEALTH, METRICS)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(
                        (request, response, e) -> response.setStatus(HttpStatus.NOT_FOUND.value())));
        return http.build();
    }

    private static RequestMatcher get(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, pattern);
    }

    /** That port is served by a context of its own. */
    private static final class ByManagementPort extends ApplicationContextRequestMatcher<WebApplicationContext> {

        ByManagementPort() {
            super(WebApplicationContext.class);
        }

        @Override
        protected boolean ignoreApplicationContext(WebApplicationContext context) {
            return !WebServerApplicationContext.hasServerNamespace(context, "management");
        }

        @Override
        protected boolean matches(HttpServletRequest request, Supplier<WebApplicationContext> context) {
            return true;
        }
    }
}

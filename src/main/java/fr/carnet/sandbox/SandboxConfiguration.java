package fr.carnet.sandbox;

import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.shared.DueJob;
import fr.carnet.token.SigningKeys;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.chain.SealingKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The embedded issuer and the paths that the sandbox adds. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
@EnableConfigurationProperties(SandboxSettings.class)
class SandboxConfiguration {

    @Bean
    Cast cast() {
        return Cast.load();
    }

    @Bean
    @Primary
    SandboxClock sandboxClock() {
        return new SandboxClock(Clock.systemUTC());
    }

    /** The token service refuses to start without a key; a newcomer's sandbox makes its own. */
    @Bean
    static BeanFactoryPostProcessor firstSigningKey(Environment environment) {
        return beans -> FirstSigningKey.in(Path.of(environment.getRequiredProperty("carnet.token.keys")));
    }

    @Bean
    SealingKey sealingKey(SandboxSettings settings) throws IOException {
        return TraceKey.in(settings.dataDir());
    }

    @Bean
    KeptAuthority certificateAuthority(SandboxSettings settings, DoorSettings door, SandboxClock clock) {
        URI lists = URI.create(door.base() + "/sandbox/certificates");
        return KeptAuthority.in(settings.dataDir().resolve("igc"), lists, clock);
    }

    /** A list of revocations has its hour: it is made anew when the clock is moved. */
    @Bean
    DueJob freshRevocations(KeptAuthority authority) {
        return now -> authority.refresh();
    }

    @Bean
    TokenMint tokenMint(Cast cast, JwtEncoder encoder, SigningKeys keys, DoorSettings settings, SandboxClock clock) {
        return new TokenMint(cast, encoder, keys, settings, clock);
    }

    @Bean
    TokenTraces tokenTraces(TraceStore traces, CallerTokens tokens, SandboxClock clock) {
        return new TokenTraces(traces, tokens, clock);
    }

    @Bean
    @Order(2)
    SecurityFilterChain sandboxPaths(HttpSecurity http) throws Exception {
        http.securityMatcher(anyOf("/sandbox/**"))
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        return http.build();
    }

    private static RequestMatcher anyOf(String... patterns) {
        return new OrRequestMatcher(Stream.of(patterns)
                .map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toArray(RequestMatcher[]::new));
    }
}

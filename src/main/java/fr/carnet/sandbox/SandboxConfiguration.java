package fr.carnet.sandbox;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import fr.carnet.caller.CallerTokens;
import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.igc.KeptAuthority;
import fr.carnet.shared.DueJob;
import fr.carnet.trace.TraceStore;
import fr.carnet.trace.chain.SealingKey;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The embedded issuer and the paths that the sandbox adds. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
@EnableConfigurationProperties(SandboxSettings.class)
class SandboxConfiguration {

    /** What the embedded issuer really offers of the metadata of RFC 8414. */
    private static final Set<String> OFFERED = Set.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "response_types_supported",
            "subject_types_supported",
            "id_token_signing_alg_values_supported");

    @Bean
    Cast cast() {
        return Cast.load();
    }

    @Bean
    @Primary
    SandboxClock sandboxClock() {
        return new SandboxClock(Clock.systemUTC());
    }

    @Bean
    JWKSource<SecurityContext> issuerKeys(SandboxSettings settings) {
        return new ImmutableJWKSet<>(new JWKSet(IssuerKey.in(Optional.ofNullable(settings.dataDir()))));
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
    TokenMint tokenMint(Cast cast, JWKSource<SecurityContext> keys, DoorSettings settings, SandboxClock clock) {
        return new TokenMint(cast, new NimbusJwtEncoder(keys), settings, clock);
    }

    @Bean
    TokenTraces tokenTraces(TraceStore traces, CallerTokens tokens, SandboxClock clock) {
        return new TokenTraces(traces, tokens, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain embeddedIssuer(HttpSecurity http, DoorSettings settings) throws Exception {
        http.securityMatcher(anyOf(
                        "/oauth2/jwks", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"))
                .with(
                        OAuth2AuthorizationServerConfigurer.authorizationServer(),
                        server -> server.registeredClientRepository(new InMemoryRegisteredClientRepository(client()))
                                .authorizationServerSettings(AuthorizationServerSettings.builder()
                                        .issuer(settings.base())
                                        .tokenEndpoint("/sandbox/token")
                                        .build())
                                .authorizationServerMetadataEndpoint(
                                        metadata -> metadata.authorizationServerMetadataCustomizer(
                                                document -> document.claims(SandboxConfiguration::onlyOffered)))
                                .oidc(oidc -> oidc.providerConfigurationEndpoint(
                                        metadata -> metadata.providerConfigurationCustomizer(
                                                document -> document.claims(SandboxConfiguration::onlyOffered)))))
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll());
        return http.build();
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

    private static void onlyOffered(Map<String, Object> metadata) {
        metadata.keySet().retainAll(OFFERED);
        metadata.put("grant_types_supported", List.of("urn:carnet:sandbox"));
        metadata.put("scopes_supported", List.of(TokenMint.SCOPE));
    }

    private static RegisteredClient client() {
        return RegisteredClient.withId(TokenMint.CLIENT)
                .clientId(TokenMint.CLIENT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
    }
}

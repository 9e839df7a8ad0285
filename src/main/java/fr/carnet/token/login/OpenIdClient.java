package fr.carnet.token.login;

import static org.springframework.security.oauth2.core.endpoint.PkceParameterNames.CODE_VERIFIER;
import static org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames.NONCE;

import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.Upstream;
import fr.carnet.token.login.Attempt.Departure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** An OpenID provider as Spring Security's client sees it: code, proof key, nonce, ID token. */
final class OpenIdClient {

    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error");

    private final Upstream upstream;
    private final OpenIdProvider settings;
    private final ClientRegistration registration;
    private final DefaultOAuth2AuthorizationRequestResolver requests;
    private final OidcAuthorizationCodeAuthenticationProvider verified;

    /** @param back where the provider sends people back */
    OpenIdClient(OpenIdProvider settings, String back) {
        this.settings = settings;
        this.registration = registration(settings, back);
        this.upstream = new Upstream(registration.getRegistrationId());
        this.requests = new DefaultOAuth2AuthorizationRequestResolver(
                new InMemoryClientRegistrationRepository(registration), LoginPaths.ROOT);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
                .andThen(request -> request.additionalParameters(more -> more.put("acr_values", settings.acr()))));
        JdkClientHttpRequestFactory http = Upstream.requests(settings.timeout());
        UpstreamClaims claims = new UpstreamClaims(settings, http);
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(http)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.addAll(List.of(
                            new FormHttpMessageConverter(), new OAuth2AccessTokenResponseHttpMessageConverter()));
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        this.verified = new OidcAuthorizationCodeAuthenticationProvider(tokens, claims::of);
        verified.setJwtDecoderFactory(claims::decoder);
    }

    private static ClientRegistration registration(OpenIdProvider settings, String back) {
        return ClientRegistration.withRegistrationId(settings.people().name().toLowerCase(Locale.ROOT))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .issuerUri(settings.issuer())
                .authorizationUri(settings.authorizationUri().toString())
                .tokenUri(settings.tokenUri().toString())
                .jwkSetUri(settings.jwksUri().toString())
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .clientAuthenticationMethod(settings.method())
                .scope(settings.scopes())
                .redirectUri(back)
                .build();
    }

    /** A request of its authorization endpoint: state, nonce and proof key are made here. */
    OAuth2AuthorizationRequest request(HttpServletRequest http) {
        return requests.resolve(http, registration.getRegistrationId());
    }

    /** What its answer will be held against. */
    static Departure departure(OAuth2AuthorizationRequest request) {
        return new Departure(request.getState(), request.getAttribute(NONCE), request.getAttribute(CODE_VERIFIER));
    }

    /**
     * Who has logged in.
     *
     * @param answer parameters with which the browser came back
     * @throws TokenRefusal if nobody has, it is not proved, or the provider cannot be asked
     */
    Arrival arrive(Departure departure, StatedParameters answer) {
        // RFC 9207: an answer that says whose it is, is held to it
        if (answer.parameter("iss")
                .filter(iss -> !iss.equals(settings.issuer()))
                .isPresent()) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "iss");
        }
        answer.parameter("error").ifPresent(error -> {
            throw PASSING.contains(error) ? unavailable() : new TokenRefusal(TokenError.LOGIN_ABANDONED);
        });
        OAuth2AuthorizationExchange exchange = new OAuth2AuthorizationExchange(
                departed(departure),
                OAuth2AuthorizationResponse.success(answer.required("code"))
                        .redirectUri(registration.getRedirectUri())
                        .state(departure.state())
                        .build());
        return upstream.ask(() -> verified(exchange));
    }

    private Arrival verified(OAuth2AuthorizationExchange exchange) {
        try {
            OAuth2LoginAuthenticationToken login = (OAuth2LoginAuthenticationToken)
                    verified.authenticate(new OAuth2LoginAuthenticationToken(registration, exchange));
            return new Arrival(
                    login.getPrincipal().getAttributes(), login.getAccessToken().getTokenValue());
        } catch (TokenRefusal refused) {
            throw refused;
        } catch (OAuth2AuthenticationException e) {
            throw refusal(e);
        }
    }

    private OAuth2AuthorizationRequest departed(Departure departure) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(settings.authorizationUri().toString())
                .clientId(settings.clientId())
                .redirectUri(registration.getRedirectUri())
                .scopes(settings.scopes())
                .state(departure.state())
                .attributes(kept -> {
                    kept.put(NONCE, departure.nonce());
                    kept.put(CODE_VERIFIER, departure.verifier());
                })
                .build();
    }

    private TokenRefusal refusal(OAuth2AuthenticationException e) {
        boolean unreachable = Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof RestClientException
                        || (cause instanceof JwtException && !(cause instanceof BadJwtException)));
        if (unreachable) {
            return unavailable();
        }
        boolean nonce = "invalid_nonce".equals(e.getError().getErrorCode());
        return new TokenRefusal(TokenError.PROOF_REFUSED, nonce ? "nonce" : "id_token");
    }

    private TokenRefusal unavailable() {
        return new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, registration.getRegistrationId());
    }
}

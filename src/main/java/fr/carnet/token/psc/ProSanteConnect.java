package fr.carnet.token.psc;

import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.Upstream;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** Asks Pro Santé Connect about an access token. Endpoints are configured, never discovered from what a client sends. */
final class ProSanteConnect {

    private static final ParameterizedTypeReference<Map<String, Object>> CLAIMS = new ParameterizedTypeReference<>() {};

    private final Upstream upstream = new Upstream("psc");
    private final TokenSettings.Psc settings;
    private final SpringOpaqueTokenIntrospector introspector;
    private final RestTemplate userinfo;

    ProSanteConnect(TokenSettings.Psc settings) {
        this.settings = settings;
        RestTemplate introspection = new RestTemplate(Upstream.requests(settings.timeout()));
        introspection
                .getInterceptors()
                .add(new BasicAuthenticationInterceptor(settings.clientId(), settings.clientSecret()));
        introspector =
                new SpringOpaqueTokenIntrospector(settings.introspectionUri().toString(), introspection);
        userinfo = new RestTemplate(Upstream.requests(settings.timeout()));
    }

    /**
     * What introspection says of a token.
     *
     * @throws TokenRefusal if it is not active, or Pro Santé Connect cannot be asked
     */
    Map<String, Object> introspect(String accessToken) {
        return upstream.ask(() -> introspected(accessToken));
    }

    private Map<String, Object> introspected(String accessToken) {
        try {
            OAuth2AuthenticatedPrincipal active = introspector.introspect(accessToken);
            return active.getAttributes();
        } catch (BadOpaqueTokenException e) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "subject_token");
        } catch (OAuth2IntrospectionException | IllegalArgumentException e) {
            // the latter for an answer with nothing in it
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "psc");
        }
    }

    /**
     * Who the token is of.
     *
     * @throws TokenRefusal if the token is refused there, or Pro Santé Connect cannot be asked
     */
    Map<String, Object> userinfo(String accessToken) {
        return upstream.ask(() -> told(accessToken));
    }

    private Map<String, Object> told(String accessToken) {
        try {
            RequestEntity<Void> request = RequestEntity.get(settings.userinfoUri())
                    .headers(headers -> headers.setBearerAuth(accessToken))
                    .build();
            return Objects.requireNonNullElse(userinfo.exchange(request, CLAIMS).getBody(), Map.of());
        } catch (HttpClientErrorException e) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "subject_token");
        } catch (RestClientException e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "psc");
        }
    }
}

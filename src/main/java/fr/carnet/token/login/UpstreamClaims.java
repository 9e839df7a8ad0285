package fr.carnet.token.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** What an OpenID provider signs: ID tokens, and userinfo where it is signed (FranceConnect) or plain. */
final class UpstreamClaims {

    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);
    private static final MediaType SIGNED = MediaType.valueOf("application/jwt");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

    private final OpenIdProvider settings;
    private final RestClient http;
    private final NimbusJwtDecoder idTokens;
    private final NimbusJwtDecoder userinfos;

    UpstreamClaims(OpenIdProvider settings, ClientHttpRequestFactory requests) {
        this.settings = settings;
        this.http = RestClient.builder().requestFactory(requests).build();
        RestTemplate keys = new RestTemplate(requests);
        this.idTokens = signed(keys);
        this.userinfos = signed(keys);
        userinfos.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(settings.clientId()))));
    }

    private NimbusJwtDecoder signed(RestTemplate keys) {
        return NimbusJwtDecoder.withJwkSetUri(settings.jwksUri().toString())
                .jwsAlgorithms(all -> all.addAll(ALGORITHMS))
                .restOperations(keys)
                .build();
    }

    /** Verifies ID tokens: signature, issuer, audience, times (OpenID Connect Core §3.1.3.7). */
    JwtDecoder decoder(ClientRegistration registration) {
        idTokens.setJwtValidator(new OidcIdTokenValidator(registration));
        return idTokens;
    }

    /** Claims of the ID token before those of userinfo, which is of the same person. */
    OidcUser of(OidcUserRequest request) {
        Map<String, Object> userinfo = settings.userinfoUri()
                .map(uri -> asked(uri.toString(), request.getAccessToken().getTokenValue()))
                .orElseGet(() -> Map.of("sub", request.getIdToken().getSubject()));
        if (!request.getIdToken().getSubject().equals(userinfo.get("sub"))) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "sub");
        }
        Map<String, Object> claims = new LinkedHashMap<>(userinfo);
        claims.putAll(request.getIdToken().getClaims());
        return new DefaultOidcUser(List.of(), request.getIdToken(), new OidcUserInfo(claims));
    }

    private Map<String, Object> asked(String uri, String accessToken) {
        try {
            ResponseEntity<byte[]> answer = http.get()
                    .uri(uri)
                    .headers(headers -> headers.setBearerAuth(accessToken))
                    .accept(MediaType.APPLICATION_JSON, SIGNED)
                    .retrieve()
                    .onStatus(HttpStatusCode::is3xxRedirection, (request, response) -> {
                        throw new RestClientException("userinfo moved");
                    })
                    .toEntity(byte[].class);
            return read(answer);
        } catch (HttpClientErrorException | BadJwtException e) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "userinfo");
        } catch (RestClientException | JwtException e) {
            throw new TokenRefusal(TokenError.UPSTREAM_UNAVAILABLE, "userinfo");
        }
    }

    private Map<String, Object> read(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody() == null ? new byte[0] : answer.getBody();
        String text = new String(body, StandardCharsets.UTF_8);
        if (SIGNED.isCompatibleWith(answer.getHeaders().getContentType())) {
            return userinfos.decode(text).getClaims();
        }
        try {
            return JSON.readValue(text, CLAIMS);
        } catch (JsonProcessingException e) {
            throw new TokenRefusal(TokenError.PROOF_REFUSED, "userinfo");
        }
    }
}

package fr.carnet.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** The metadata of the token service (RFC 8414, ITI-103): what is really offered here, not all that the library could. */
final class Offered {

    private static final Set<String> KEPT = Set.of(
            "issuer",
            "authorization_endpoint",
            "response_types_supported",
            "code_challenge_methods_supported",
            "token_endpoint",
            "jwks_uri",
            "introspection_endpoint",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported");

    private static final String NONE = ClientAuthenticationMethod.NONE.getValue();

    private final TokenSettings settings;

    Offered(TokenSettings settings) {
        this.settings = settings;
    }

    void only(Map<String, Object> metadata) {
        metadata.keySet().retainAll(KEPT);
        if (settings.hasLogin()) {
            metadata.put("authorization_response_iss_parameter_supported", true);
        } else {
            metadata.remove("authorization_endpoint");
            metadata.remove("code_challenge_methods_supported");
            metadata.put("response_types_supported", List.of());
        }
        metadata.put(
                "grant_types_supported",
                each(client -> client.waysIn().stream().map(WayIn::grant).map(AuthorizationGrantType::getValue)));
        metadata.put("scopes_supported", each(client -> client.scopes().stream()));
        List<String> proofs = each(
                client -> Stream.of(client.proof()).map(Clients::method).map(ClientAuthenticationMethod::getValue));
        metadata.put("token_endpoint_auth_methods_supported", proofs);
        metadata.put(
                "introspection_endpoint_auth_methods_supported",
                proofs.stream().filter(proof -> !NONE.equals(proof)).toList());
        metadata.put("access_token_format", "ihe-jwt");
        settings.mtlsBase().ifPresent(base -> metadata.put("mtls_endpoint_aliases", aliases(base)));
    }

    /** RFC 8705 §5: where a client goes that proves itself by its certificate. */
    private static Map<String, String> aliases(String base) {
        return Map.of(
                "token_endpoint", base + TokenConfiguration.TOKEN,
                "introspection_endpoint", base + TokenConfiguration.INTROSPECT);
    }

    private List<String> each(Function<TokenSettings.Client, Stream<String>> of) {
        return settings.clients().stream().flatMap(of).distinct().sorted().toList();
    }
}

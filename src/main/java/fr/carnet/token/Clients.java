package fr.carnet.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/** The registered clients: those of the settings, never one that registers itself. */
final class Clients implements RegisteredClientRepository {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    private final Map<String, TokenSettings.Client> settings;
    private final Map<String, RegisteredClient> registered;

    Clients(List<TokenSettings.Client> clients, Duration lifetime) {
        settings =
                clients.stream().collect(Collectors.toUnmodifiableMap(TokenSettings.Client::id, Function.identity()));
        registered = clients.stream()
                .collect(
                        Collectors.toUnmodifiableMap(TokenSettings.Client::id, client -> registered(client, lifetime)));
    }

    /** The settings of a registered client. */
    TokenSettings.Client settings(RegisteredClient client) {
        return settings.get(client.getClientId());
    }

    /** Clients are those of the settings, as the settings have them. */
    @Override
    public void save(RegisteredClient client) {}

    @Override
    public RegisteredClient findById(String id) {
        return registered.get(id);
    }

    @Override
    public RegisteredClient findByClientId(String clientId) {
        return registered.get(clientId);
    }

    private static RegisteredClient registered(TokenSettings.Client client, Duration lifetime) {
        ClientSettings.Builder held = ClientSettings.builder().requireProofKey(true);
        if (client.proof() == TokenSettings.Proof.PRIVATE_KEY) {
            held.jwkSetUrl(client.jwksUri().toString())
                    .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256);
        }
        return RegisteredClient.withId(client.id())
                .clientId(client.id())
                .clientName(client.software())
                .clientSecret(client.secretHash())
                .clientAuthenticationMethod(method(client.proof()))
                .authorizationGrantTypes(grants -> client.waysIn().forEach(way -> grants.add(way.grant())))
                .scopes(scopes -> scopes.addAll(client.scopes()))
                .redirectUris(uris -> uris.addAll(client.redirectUris()))
                .clientSettings(held.build())
                .tokenSettings(tokens(client, lifetime))
                .build();
    }

    private static org.springframework.security.oauth2.server.authorization.settings.TokenSettings tokens(
            TokenSettings.Client client, Duration lifetime) {
        return org.springframework.security.oauth2.server.authorization.settings.TokenSettings.builder()
                .accessTokenFormat(OAuth2TokenFormat.SELF_CONTAINED)
                .accessTokenTimeToLive(lifetime)
                .authorizationCodeTimeToLive(CODE_LIFETIME)
                .x509CertificateBoundAccessTokens(client.proof() == TokenSettings.Proof.CERTIFICATE)
                .build();
    }

    static ClientAuthenticationMethod method(TokenSettings.Proof proof) {
        return switch (proof) {
            case NONE -> ClientAuthenticationMethod.NONE;
            case CERTIFICATE -> ClientAuthenticationMethod.TLS_CLIENT_AUTH;
            case PRIVATE_KEY -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
            case SECRET -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
        };
    }
}

package fr.carnet.sandbox.psc;

import fr.carnet.caller.DoorSettings;
import fr.carnet.sandbox.Actor;
import fr.carnet.sandbox.Cast;
import fr.carnet.sandbox.openid.PlayedProvider;
import fr.carnet.sandbox.openid.PlayedTokens;
import fr.carnet.sandbox.openid.Presence;
import fr.carnet.shared.CallerKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.web.SecurityFilterChain;

/** Pro Santé Connect under {@code /sandbox/psc}: the endpoints that a vendor configures, and that this server asks. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class PscConfiguration {

    static final String ROOT = "/sandbox/psc";
    static final String FOR_THE_ASKING = ROOT + "/access-token";
    /** As an e-CPS gives it. */
    static final String ASSURANCE = "eidas1";

    private static final Set<String> SCOPES = Set.of("openid", "scope_all");
    /** Any port of the loopback (RFC 8252). */
    private static final String CALLBACK = "http://127.0.0.1/callback";

    @Bean
    PlayedProvider proSanteConnectPlayed(Cast cast, DoorSettings door) {
        return new PlayedProvider(
                ROOT,
                id -> cast.actor(id)
                        .filter(actor -> actor.kind() == CallerKind.PROFESSIONAL)
                        .isPresent(),
                login -> userinfo(cast, login),
                clients(door),
                new InMemoryOAuth2AuthorizationService(),
                new PlayedTokens((present, context) -> claims(cast, present, context)));
    }

    @Bean
    PscAccounts pscAccounts(PlayedProvider proSanteConnectPlayed) {
        return new PscAccounts(
                proSanteConnectPlayed.clients(),
                proSanteConnectPlayed.authorizations(),
                proSanteConnectPlayed.tokens().generator());
    }

    @Bean
    @Order(0)
    SecurityFilterChain proSanteConnect(HttpSecurity http, PlayedProvider proSanteConnectPlayed) throws Exception {
        return proSanteConnectPlayed.chain(http, FOR_THE_ASKING);
    }

    private static void claims(Cast cast, Presence present, JwtEncodingContext context) {
        Actor actor = cast.actor(present.getPrincipal()).orElseThrow();
        context.getClaims()
                .subject(CastUserinfo.sub(actor))
                .claim("acr", present.assurance())
                .claim("authMode", "CARD")
                .claim("client_id", context.getRegisteredClient().getClientId());
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getClaims().claim("SubjectNameID", actor.idNatPs().orElseThrow());
            if (context.getAuthorization() != null) {
                OAuth2AuthorizationRequest asked =
                        context.getAuthorization().getAttribute(OAuth2AuthorizationRequest.class.getName());
                // R85: the same as in the ID token
                if (asked.getAdditionalParameters().get("nonce") instanceof String nonce) {
                    context.getClaims().claim("nonce", nonce);
                }
            }
        }
    }

    private static Map<String, Object> userinfo(Cast cast, OAuth2Authorization login) {
        Map<String, Object> claims = cast.actor(login.getPrincipalName())
                .map(new CastUserinfo(cast)::of)
                .orElseThrow();
        return Optional.ofNullable(login.<Falsehoods>getAttribute(Falsehoods.ATTRIBUTE))
                .map(falsehoods -> falsehoods.in(claims))
                .orElse(claims);
    }

    /** The accounts of a vendor's software and of this server; their secrets are in the documentation. */
    private static RegisteredClientRepository clients(DoorSettings door) {
        return new InMemoryRegisteredClientRepository(
                client("lps", CALLBACK),
                client("autre-lps", CALLBACK),
                client("carnet", door.base() + "/oauth2/login/professionals"));
    }

    private static RegisteredClient client(String id, String back) {
        return PlayedProvider.client(id, SCOPES, Set.of(back));
    }
}

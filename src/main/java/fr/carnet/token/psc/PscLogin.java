package fr.carnet.token.psc;

import com.nimbusds.jwt.SignedJWT;
import fr.carnet.caller.CallerSession;
import fr.carnet.policy.ActorLabels;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.Caller;
import fr.carnet.token.StatedCircumstances;
import fr.carnet.token.StatedParameters;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.login.Acting;
import fr.carnet.token.login.Arrival;
import fr.carnet.token.login.IdentityProvider;
import fr.carnet.token.login.OpenIdProvider;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/** Professionals who log in at Pro Santé Connect with a browser, and act in one of the situations that it lists (R71, R85). */
public final class PscLogin implements IdentityProvider {

    private static final Set<String> SCOPES = Set.of("openid", "scope_all");

    private final TokenSettings.Psc settings;
    private final PscIdentity identity;
    private final ActorLabels labels = ActorLabels.load();

    /** @param settings endpoints, those of a log-in as well, and this server's account there */
    public PscLogin(TokenSettings.Psc settings) {
        this.settings = settings;
        this.identity = new PscIdentity(settings);
    }

    @Override
    public OpenIdProvider settings() {
        return new OpenIdProvider(
                TokenSettings.People.PROFESSIONALS,
                settings.issuer(),
                settings.authorizationUri(),
                settings.tokenUri(),
                settings.jwksUri(),
                Optional.empty(),
                settings.clientId(),
                settings.clientSecret(),
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                SCOPES,
                settings.leastAssurance(),
                settings.timeout());
    }

    @Override
    public void preview(StatedParameters stated) {
        StatedCircumstances.of(stated);
    }

    @Override
    public List<Acting> actings(Arrival arrival, StatedParameters stated, TokenSettings.Client client) {
        requireSameNonce(arrival);
        PscUser user = identity.proved(arrival.accessToken(), settings.clientId());
        AccessContext context = StatedCircumstances.of(stated);
        List<PscSituation> fitting = PscIdentity.fitting(user, stated).stream()
                .filter(PscSituation::isComplete)
                .toList();
        if (fitting.isEmpty()) {
            throw new TokenRefusal(TokenError.SITUATION, "none");
        }
        Caller.TokenRef token = new Caller.TokenRef("", client.id(), "");
        return fitting.stream()
                .map(situation -> Acting.of(
                        label(situation),
                        new CallerSession(PscIdentity.caller(user, situation, client, token), context)))
                .toList();
    }

    /** R85: the nonce of the access token, where it has one, is that of the ID token. */
    private static void requireSameNonce(Arrival arrival) {
        try {
            String nonce =
                    SignedJWT.parse(arrival.accessToken()).getJWTClaimsSet().getStringClaim("nonce");
            if (nonce != null && !nonce.equals(arrival.text("nonce").orElse(""))) {
                throw new TokenRefusal(TokenError.PROOF_REFUSED, "nonce");
            }
        } catch (ParseException opaque) {
            // it says nothing by itself: introspection does
            return;
        }
    }

    private String label(PscSituation situation) {
        return Stream.of(
                        labels.of(situation.profession()),
                        situation.structureName(),
                        situation.structure().map(id -> "(" + id.value() + ")"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}

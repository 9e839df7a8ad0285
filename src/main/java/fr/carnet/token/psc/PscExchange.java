package fr.carnet.token.psc;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.Caller;
import fr.carnet.token.GrantRequest;
import fr.carnet.token.Identification;
import fr.carnet.token.StatedCircumstances;
import fr.carnet.token.TokenError;
import fr.carnet.token.TokenRefusal;
import fr.carnet.token.TokenSettings;
import fr.carnet.token.WayIn;
import java.util.List;
import java.util.Set;

/**
 * Exchange of a Pro Santé Connect access token (RFC 8693; R71, R85).
 *
 * <p>{@code structure} (idNat_Struct) and {@code profession} choose one of the situations that Pro Santé Connect lists; a
 * single one needs no choice.
 */
public final class PscExchange implements Identification {

    private static final Set<String> TOKEN_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt");

    private final PscIdentity identity;

    /** @param settings endpoints, and this server's account there */
    public PscExchange(TokenSettings.Psc settings) {
        this.identity = new PscIdentity(settings);
    }

    @Override
    public WayIn wayIn() {
        return WayIn.PSC;
    }

    @Override
    public CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token) {
        if (!TOKEN_TYPES.contains(request.required("subject_token_type"))) {
            throw new TokenRefusal(TokenError.PARAMETER, "subject_token_type");
        }
        PscUser user = identity.proved(request.required("subject_token"), client.pscClientId());
        return new CallerSession(
                PscIdentity.caller(user, chosen(PscIdentity.fitting(user, request.stated())), client, token),
                StatedCircumstances.of(request.stated()));
    }

    private static PscSituation chosen(List<PscSituation> left) {
        if (left.size() != 1) {
            throw new TokenRefusal(TokenError.SITUATION, left.isEmpty() ? "none" : "several");
        }
        return left.get(0);
    }
}

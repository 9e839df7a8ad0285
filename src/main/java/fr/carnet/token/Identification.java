package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.Caller;
import java.util.Set;

/** One way to prove an identity. */
public interface Identification {

    /** The way in that this is. */
    WayIn wayIn();

    /**
     * The scopes that are asked for; none for all that the client is registered for (RFC 6749 §3.3).
     *
     * @throws TokenRefusal if it cannot be told
     */
    default Set<String> scopes(GrantRequest request) {
        return request.scopes();
    }

    /**
     * Proves who comes, and in which circumstances.
     *
     * @param request what was sent
     * @param client the client, which has proved itself and may come this way
     * @param token issuer, client and id of the token that will say so
     * @throws TokenRefusal if it is not proved, or cannot be for now
     */
    CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token);
}
